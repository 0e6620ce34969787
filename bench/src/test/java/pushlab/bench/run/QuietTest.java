package pushlab.bench.run;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pushlab.bench.host.OtherProcesses;
import pushlab.bench.host.OtherProcesses.Use;

/// Waiting for a process that is really busy. All others belong to the measurement.
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class QuietTest {

  private static final InputStream NO_KEY = InputStream.nullInputStream();

  /// The machine may have so much other work that the process gets a small share of it.
  private static final double MAGNIFIED = 20;

  private final Process process;
  private final OtherProcesses others;
  private final List<String> said = new ArrayList<>();

  QuietTest() throws Exception {
    process = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    others = new OtherProcesses(this::own);
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void aBusyProcessIsNamedAndWaitedForUntilItHasEnded() throws Exception {
    var _ = process.onExit().completeOnTimeout(process, 3, TimeUnit.SECONDS).thenRun(this::end);
    Duration waited = quiet(true, NO_KEY).await();

    assertThat(waited).isBetween(Duration.ofSeconds(1), Quiet.LONGEST);
    assertThat(said)
        .singleElement()
        .asString()
        .matches(
            "another process \\(\\w*sh\\) uses \\d+ % of the machine:"
                + " waiting up to 30 s; Enter goes on");
  }

  @Test
  void aKeyEndsTheWaitForTheWholeRun() throws Exception {
    Quiet quiet = quiet(true, new ByteArrayInputStream(new byte[] {'\n'}));
    assertThat(quiet.await()).isLessThan(Duration.ofSeconds(10));
    assertThat(quiet.await()).isZero();
    assertThat(said).hasSize(2);
    assertThat(said.getLast()).endsWith(": measurements are less exact");
  }

  @Test
  void nobodyIsMadeToWaitWhereNobodyWatches() throws Exception {
    assertThat(quiet(false, NO_KEY).await()).isZero();
    assertThat(said).singleElement().asString().contains("sh) uses ", "less exact");
  }

  @Test
  void nothingIsSaidOfAQuietMachine() throws Exception {
    process.destroyForcibly().waitFor();
    assertThat(quiet(true, NO_KEY).await()).isZero();
    assertThat(said).isEmpty();
  }

  private Quiet quiet(boolean waits, InputStream keys) {
    return new Quiet(this::uses, waits, keys, sentence -> said.add(sentence.english()));
  }

  private List<Use> uses() {
    return others.uses().stream()
        .map(use -> new Use(use.id(), use.name(), Math.min(1, MAGNIFIED * use.share())))
        .toList();
  }

  private Set<Long> own() {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(id -> id != process.pid())
        .collect(toSet());
  }
}
