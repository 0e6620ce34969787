package pushlab.bench.jmh;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.Main;
import pushlab.bench.host.Home;
import pushlab.report.result.Transport;

/// Runs the benchmarks in a JVM of their own, which forks another for each benchmark.
public final class JmhSuite {

  /// How long each benchmark is measured.
  public enum Effort {
    /// A few times, in JMH's own JVM: shows that it runs, and not how fast.
    ONCE("-f 0 -wi 0 -i 1 -r 10ms"),
    /// For two seconds in one fork: enough for an order of magnitude.
    QUICK("-f 1 -wi 1 -w 300ms -i 5 -r 200ms"),
    /// For half a minute in three forks: gives intervals that can be compared.
    FULL("-f 3 -wi 3 -w 1s -i 5 -r 1s");

    private final String options;

    Effort(String options) {
      this.options = options;
    }
  }

  /// The server's own state and a delivery over each transport.
  public static final List<String> OWN = compared("VERSIONED_STATE");

  /// The same, with two usual ways to wait beside the server's own.
  public static final List<String> BESIDE_OTHERS =
      compared("VERSIONED_STATE,LOCK_AND_CONDITION,FUTURE_A_VERSION");

  private JmhSuite() {}

  /// The command line that runs benchmarks, and deliveries against `target` over `transports`. It
  /// writes the file `json` in JMH's own format. It exits with 0, or with 1 if a benchmark failed.
  ///
  /// @param chosen regular expressions that select the benchmarks by their full name, and other
  ///     options of JMH
  public static List<String> command(
      Effort effort, URI target, List<Transport> transports, Path json, List<String> chosen) {
    List<String> command = jmh();
    command.addAll(List.of(effort.options.split(" ")));
    command.addAll(List.of("-foe", "true", "-p", "target=" + target));
    command.addAll(
        List.of(
            "-p", transports.stream().map(Transport::id).collect(joining(",", "transport=", ""))));
    command.addAll(List.of("-prof", "gc", "-prof", CpuProfiler.class.getName()));
    command.addAll(List.of("-rf", "json", "-rff", json.toAbsolutePath().toString()));
    command.addAll(chosen);
    return command;
  }

  /// The command line that prints the names of the benchmarks that `chosen` selects.
  public static List<String> listing(List<String> chosen) {
    List<String> command = jmh();
    command.add("-l");
    command.addAll(chosen);
    return command;
  }

  private static List<String> jmh() {
    var command = new ArrayList<String>();
    command.add(Home.java("java"));
    command.addAll(
        List.of(
            "-Xmx1g",
            "-Djmh.ignoreLock=true",
            // JMH writes numbers, in its JSON too, with the digits of the JVM's language.
            "-Duser.language=en",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    return command;
  }

  private static List<String> compared(String ways) {
    return List.of(
        "-p",
        "waiting=0,1000,10000",
        "-p",
        "way=" + ways,
        "WakeUpBenchmark",
        "VersionedStateBenchmark.current",
        "DeliveryBenchmark");
  }
}
