package pushlab.bench.jmh;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.Main;
import pushlab.bench.host.Home;
import pushlab.report.result.Transport;

/// The benchmarks, run in a JVM of their own that forks one for each of them.
public final class JmhSuite {

  /// How much a run measures.
  public enum Effort {
    /// Every benchmark in one fork, about 25 seconds in all: enough to see an order of magnitude.
    QUICK("-f 1 -wi 1 -w 300ms -i 5 -r 200ms -p waiting=0,1000,10000"),
    /// Every benchmark in three forks, about eight minutes in all: intervals that can be compared.
    FULL("-f 3 -wi 3 -w 1s -i 5 -r 1s");

    private final String options;

    Effort(String options) {
      this.options = options;
    }
  }

  private JmhSuite() {}

  /// The command line that runs both benchmarks, the deliveries against `target` over those
  /// `transports`, and writes `json` in JMH's own format. It ends with 0, or with 1 if a benchmark
  /// failed.
  public static List<String> command(
      Effort effort, URI target, List<Transport> transports, Path json) {
    return command(effort, target, transports, json, List.of(".*"));
  }

  /// The same for the benchmarks whose full name a regular expression in `chosen` finds.
  public static List<String> command(
      Effort effort, URI target, List<Transport> transports, Path json, List<String> chosen) {
    var command = new ArrayList<String>();
    command.add(Home.java("java"));
    command.addAll(
        List.of(
            "-Xmx1g",
            "-Djmh.ignoreLock=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(effort.options.split(" ")));
    command.addAll(List.of("-foe", "true", "-p", "target=" + target));
    command.addAll(
        List.of(
            "-p", transports.stream().map(Transport::id).collect(joining(",", "transport=", ""))));
    command.addAll(List.of("-rf", "json", "-rff", json.toAbsolutePath().toString()));
    command.addAll(chosen);
    return command;
  }
}
