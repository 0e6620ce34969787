package pushlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

  @TempDir private Path path;

  @Test
  void theLatestRunIsTheLastThatMeasuredAnything() throws IOException {
    Path whole = run("2026-01-01T10-00-00-quick");
    Files.createDirectories(whole.resolve("cells"));
    run("2026-01-02T10-00-00-failed-at-its-start");
    Files.createDirectories(path.resolve("results/2026-01-03T10-00-00-jmh"));

    assertThat(new Home(path).latestRun()).isEqualTo(whole);
  }

  @Test
  void saysWhatMakesARunWhereThereIsNone() throws IOException {
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
