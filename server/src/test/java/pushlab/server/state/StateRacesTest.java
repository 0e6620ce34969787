package pushlab.server.state;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/// Runs the [StateRaces] and the [HoldRaces] with jcstress, in processes of its own. Its report is
/// in `target/jcstress`.
@Tag("alone")
class StateRacesTest {

  private static final Path REPORT = Path.of("target", "jcstress").toAbsolutePath();
  private static final String CARELESS =
      StateRaces.CarelessPublishAgainstPublish.class.getCanonicalName();

  /// One race at a time: a waiting subscriber would let all other races of its stride pass.
  private static final String ALWAYS = "-strideSize 1 -strideCount 100";

  private static final String SHORT =
      "-iters 1 -time 300 -sc false -af NONE -jvmArgs -XX:+UseParallelGC";

  /// Every way to compile the two threads and to place them on processors.
  private static final String WHOLE = "-m quick";

  private static Collection<TestResult> results = List.of();

  @BeforeAll
  static void race(@TempDir Path folder) throws Exception {
    assumeThat(Runtime.getRuntime().availableProcessors())
        .as("processors, of which a race needs two")
        .isGreaterThan(1);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(
        List.of("-t", "pushlab.server.state.(State|Hold)Races", "-r", REPORT.toString()));
    command.addAll(List.of((ALWAYS + " " + (Proof.WHOLE ? WHOLE : SHORT)).split(" ", -1)));
    Files.createDirectories(REPORT);
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(REPORT.resolve("output.txt").toFile())
            .start();
    try {
      assertThat(process.waitFor(Proof.WHOLE ? 120 : 5, TimeUnit.MINUTES)).as("ended").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    results = read(folder);
  }

  @Test
  void everyRaceIsRun() {
    Map<String, Long> runs =
        results.stream()
            .collect(groupingBy(TestResult::getName, summingLong(TestResult::getTotalCount)));

    assertThat(runs.keySet())
        .as("races that jcstress ran")
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(StateRaces.class, HoldRaces.class)
                .flatMap(races -> Stream.of(races.getDeclaredClasses()))
                .filter(race -> race.isAnnotationPresent(JCStressTest.class))
                .map(Class::getCanonicalName)
                .toList());
    assertThat(runs).allSatisfy((_, times) -> assertThat(times).isGreaterThan(100));
  }

  @Test
  void noRaceHasAForbiddenOutcome() {
    assertThat(results).filteredOn(result -> !isCareless(result)).flatMap(this::faults).isEmpty();
  }

  @Test
  void versionTwiceWouldBeSeen() {
    assertThat(results)
        .filteredOn(this::isCareless)
        .flatMap(this::faults)
        .anySatisfy(fault -> assertThat(fault).endsWith("state: 1, 1 ()"));
  }

  private boolean isCareless(TestResult result) {
    return result.getName().equals(CARELESS);
  }

  private List<String> faults(TestResult result) {
    List<String> faults = new ArrayList<>(result.grading().failureMessages);
    if (result.status() != Status.NORMAL) {
      faults.add(result.status() + " " + result.getMessages());
    }
    faults.replaceAll(fault -> result.getName() + ": " + fault);
    return faults;
  }

  private static Collection<TestResult> read(Path folder) throws Exception {
    var read = new InProcessCollector();
    try (Stream<Path> files = Files.list(folder)) {
      Path blob = files.findFirst().orElseThrow(() -> new IOException("no results in " + folder));
      var subscriber = new DiskReadCollector(blob.toString(), read);
      subscriber.dump();
      subscriber.close();
    }
    return read.getTestResults();
  }
}
