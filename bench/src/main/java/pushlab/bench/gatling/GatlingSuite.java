package pushlab.bench.gatling;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pushlab.bench.host.Home;
import pushlab.report.result.Transport;

/// The four simulations, one a transport, each run in a JVM of its own.
public final class GatlingSuite {

  private GatlingSuite() {}

  /// The command line that puts `load` on a server and keeps the outcome in
  /// `<folder>/<transport id>/`: Gatling's `index.html`, and `stats.json` with a
  /// [pushlab.report.result.GatlingStats]. What lay there before is replaced. The process asks
  /// nothing, speaks to no other host, and ends at most half a minute after the load's ramp and
  /// hold: with 0; with 2 and the outcome kept if a request failed or a subscriber did not get the
  /// last version; with anything else if there is no outcome.
  public static List<String> command(Transport transport, Load load, Path folder) {
    var command = new ArrayList<String>();
    command.add(Home.java("java"));
    command.addAll(
        List.of(
            "-Xms128m",
            "-Xmx1g",
            "-XX:+UseParallelGC",
            // A short run: the second compiler would take more from the server than it gives.
            "-XX:TieredStopAtLevel=1",
            // Gatling asks Maven Central for its newest version, which no setting prevents.
            "-Dhttps.proxyHost=127.0.0.1",
            "-Dhttps.proxyPort=9",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(load.toSystemProperties());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(Simulate.class.getName(), transport.id(), folder.toAbsolutePath().toString()));
    return command;
  }
}
