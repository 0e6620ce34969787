package pushlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

  @TempDir private Path path;

  @Test
  void theLatestRunIsTheLastWithACell() throws IOException {
    Path whole = run("2026-01-01T10-00-00-quick");
    Files.createDirectories(whole.resolve("cells"));
    run("2026-01-02T10-00-00-failed-at-its-start");
    Files.createDirectories(path.resolve("results/2026-01-03T10-00-00-jmh"));

    assertThat(new Home(path).latestRun()).isEqualTo(whole);
  }

  @Test
  void theLatestRunIsIndependentOfTimeZones() throws IOException {
    Path sample = Path.of("../docs/sample/run.json");
    Path inParis = run("2026-11-27T14-00-00-own", sample, "2026-11-27T13:00:00Z");
    Path inMontreal = run("2026-11-27T08-30-00-own", sample, "2026-11-27T13:30:00Z");
    assertThat(new Home(path).latestRun()).isEqualTo(inMontreal).isNotEqualTo(inParis);

    Path broken = run("2026-01-01T00-00-00-own");
    Files.createDirectories(broken.resolve("cells"));
    Files.setLastModifiedTime(
        broken.resolve("run.json"), FileTime.from(Instant.parse("2026-11-27T13:15:00Z")));
    assertThat(new Home(path).latestRun()).isEqualTo(inMontreal);
  }

  private Path run(String name, Path like, String startedAt) throws IOException {
    Path folder = run(name);
    Files.createDirectories(folder.resolve("cells"));
    Files.writeString(
        folder.resolve("run.json"),
        Files.readString(like)
            .replaceFirst(
                "\"startedAt\" : \"[^\"]*\"", "\"startedAt\" : \"%s\"".formatted(startedAt)));
    return folder;
  }

  @Test
  void aRunRecordsWhetherTheServerHadACacheAndNotWhere() throws IOException {
    Files.createDirectories(path.resolve("server"));
    Files.writeString(path.resolve("server/jvm.options"), "# a comment\n-Xmx2g\n");
    Path lib = Files.createDirectories(path.resolve("target/lib"));
    assertThat(new Home(path).recordedFlags()).containsExactly("-Xmx2g");

    Files.writeString(lib.resolve("server.aot"), "");

    assertThat(new Home(path).recordedFlags()).containsExactly("-Xmx2g", "-XX:AOTCache=server.aot");
    assertThat(new Home(path).serverCache())
        .containsExactly("-XX:AOTCache=" + lib.resolve("server.aot"));
  }

  @Test
  void aReleaseSaysWhatItWasMadeFrom() throws IOException {
    Path lib = Files.createDirectories(path.resolve("lib"));
    Files.writeString(lib.resolve("commit"), "0123abc\n");
    assertThat(new Home(path).commit()).isEqualTo("0123abc");
  }

  @Test
  void saysHowToMakeARunIfThereIsNone() throws IOException {
    run("2026-01-02T10-00-00-failed-at-its-start");

    assertThatThrownBy(() -> new Home(path).latestRun())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("./lab compare makes one");
  }

  private Path run(String name) throws IOException {
    Path folder = Files.createDirectories(path.resolve("results").resolve(name));
    Files.writeString(folder.resolve("run.json"), "{}");
    return folder;
  }
}
