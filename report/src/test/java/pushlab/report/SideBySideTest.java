package pushlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pushlab.report.judge.Change;
import pushlab.report.judge.Change.Outcome;
import pushlab.report.judge.Measure;
import pushlab.report.result.Cell;
import pushlab.report.result.Delivery;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;

class SideBySideTest {

  @TempDir Path folder;
  private Path a;
  private Path b;

  @BeforeEach
  void copyTwice() throws IOException {
    a = Folders.copy("good", folder.resolve("a")).path();
    b = Folders.copy("good", folder.resolve("b")).path();
  }

  @Test
  void aRunDoesNotDifferFromItself() throws IOException {
    SideBySide.Written written = write();

    assertThat(written.changes())
        .extracting(Change::outcome)
        .contains(Outcome.TOO_CLOSE)
        .doesNotContain(Outcome.BETTER, Outcome.WORSE, Outcome.NO_VERDICT);
    assertThat(written.broken()).isEmpty();
  }

  @Test
  void marksSignificantDifferencesAndTheirSize() throws IOException {
    change("sse-100-2", "\"bytesOut\" : (\\d+)\\d", "\"bytesOut\" : $19999");

    Change worse = only(write(), Outcome.WORSE);

    assertThat(worse.transport()).isEqualTo(Transport.SERVER_SENT_EVENTS);
    assertThat(worse.measure()).isEqualTo(Measure.BYTES);
    assertThat(worse.ratio()).isNotNull();
    assertThat(Files.readString(folder.resolve("out/report.md"))).contains("▲ worse in B");
    assertThat(Files.readString(folder.resolve("out/report.fr.md"))).contains("▲ moins bon en B");
    assertThat(only(swapped(), Outcome.BETTER).measure()).isEqualTo(Measure.BYTES);
  }

  @Test
  void marksNothingInARunThatIsNotPublishable() throws IOException {
    change("sse-100-2", "\"bytesOut\" : (\\d+)\\d", "\"bytesOut\" : $19999");
    for (Path cell : cells()) {
      Files.writeString(
          cell,
          Files.readString(cell).replaceAll("\"stolenShare\" : [0-9.]+", "\"stolenShare\" : 0.3"));
    }

    assertThat(write().changes())
        .extracting(Change::outcome)
        .doesNotContain(Outcome.BETTER, Outcome.WORSE);
  }

  @Test
  void namesTheCellsThatOnlyOneRunHas() throws IOException {
    Files.delete(b.resolve("cells/sse-100-2/cell.json"));

    SideBySide.Written written = write();

    assertThat(written.broken())
        .singleElement()
        .asString()
        .startsWith("B: cells/sse-100-2/cell.json");
    assertThat(Files.readString(written.html())).contains("Only in A: sse-100-2");
  }

  @Test
  void comparesEachDeliveryWithItself() throws IOException {
    Path both = Folders.copy("deliveries", folder.resolve("both")).path();

    SideBySide.Written written = SideBySide.write(both, both, folder.resolve("out"));

    assertThat(written.changes())
        .filteredOn(it -> it.measure() == Measure.SERVER_CPU)
        .filteredOn(it -> it.transport() == Transport.LONG_POLLING)
        .extracting(Change::delivery)
        .containsExactly(Delivery.LOOP, Delivery.THREADS, Delivery.LOOP, Delivery.THREADS);
    assertThat(written.table())
        .contains("Long polling, 100 clients, 2 updates a second, threads\n")
        .contains("too close to call: B has 1.00 times")
        .doesNotContain("better", "worse");
  }

  @Test
  void comparesARunWithoutARecordedDeliveryWithTheOneThatVerdictsRestOn() throws IOException {
    Path both = Folders.copy("deliveries", folder.resolve("both")).path();

    SideBySide.Written written = SideBySide.write(a, both, folder.resolve("out"));

    assertThat(written.changes())
        .filteredOn(it -> it.transport() == Transport.LONG_POLLING)
        .extracting(Change::delivery)
        .containsOnly(Delivery.LOOP);
    assertThat(Files.readString(written.html()))
        .contains(
            "Only in B: long-polling-100-2-threads, long-polling-2000-2-threads, sse-100-2-threads");
  }

  @Test
  void saysThatTwoRunsHaveNoCellInCommon() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    SideBySide.Written written = SideBySide.write(a, empty, folder.resolve("out"));

    assertThat(written.changes()).isEmpty();
    assertThat(written.table()).contains("no cell in common");
  }

  @Test
  void noTextOfARunBecomesMarkup() throws IOException {
    Path hostile = Folders.copy("hostile", folder.resolve("h")).path();
    Path run = hostile.resolve("run.json");
    Files.writeString(
        run, Files.readString(run).replace("./lab compare", "<script>alert(2)</script>"));

    String html = Files.readString(SideBySide.write(a, hostile, folder.resolve("out")).html());
    assertThat(html).contains("&lt;script&gt;alert(2)").doesNotContain("<script>alert");
  }

  private SideBySide.Written write() throws IOException {
    return SideBySide.write(a, b, folder.resolve("out"));
  }

  private SideBySide.Written swapped() throws IOException {
    return SideBySide.write(b, a, folder.resolve("out"));
  }

  private static Change only(SideBySide.Written written, Outcome outcome) {
    List<Change> such =
        written.changes().stream().filter(change -> change.outcome() == outcome).toList();
    assertThat(such).hasSize(1);
    return such.getFirst();
  }

  private void change(String cell, String what, String into) throws IOException {
    Path file = b.resolve("cells/" + cell + "/cell.json");
    Files.writeString(file, Files.readString(file).replaceAll(what, into));
  }

  private List<Path> cells() {
    return new ResultsFolder(b)
        .cells(new ArrayList<>()).stream()
            .map(Cell::id)
            .map(id -> b.resolve("cells/" + id + "/cell.json"))
            .toList();
  }
}
