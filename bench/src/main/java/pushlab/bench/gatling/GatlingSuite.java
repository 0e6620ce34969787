package pushlab.bench.gatling;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import pushlab.bench.host.Home;
import pushlab.report.result.Transport;

/// The simulations, each run in a JVM of its own.
public final class GatlingSuite {

  /// The exit code of a simulation whose outcome is kept and is not what it should be.
  public static final int FAILED = 2;

  /// What is simulated.
  enum Kind {
    SUBSCRIBERS,
    READERS_DAY,
    CAPACITY;

    /// The name of its class.
    String simulation(Transport transport) {
      Class<?> simulation =
          switch (this) {
            case SUBSCRIBERS ->
                switch (transport) {
                  case SHORT_POLLING -> ShortPollingSimulation.class;
                  case LONG_POLLING -> LongPollingSimulation.class;
                  case SERVER_SENT_EVENTS -> ServerSentEventsSimulation.class;
                  case WEBSOCKET -> WebSocketSimulation.class;
                };
            case READERS_DAY -> ReadersDaySimulation.class;
            case CAPACITY -> CapacitySimulation.class;
          };
      return simulation.getName();
    }
  }

  private GatlingSuite() {}

  /// The command line that puts `load` on a server and keeps the outcome in
  /// `<folder>/<transport id>/`: Gatling's `index.html`, and `stats.json` with a
  /// [pushlab.report.result.GatlingStats]. What lay there before is replaced. The process asks
  /// nothing, speaks to no other host, and ends at most half a minute after the load's ramp and
  /// hold: with 0; with 2 and the outcome kept if a request failed or a subscriber did not get the
  /// last version; with anything else if there is no outcome.
  public static List<String> command(Transport transport, Load load, Path folder) {
    return command(Kind.SUBSCRIBERS, transport, load, folder.resolve(transport.id()), List.of());
  }

  /// The same for the day of a polling client, in `kept`.
  public static List<String> readersDay(Load load, Path kept) {
    return command(Kind.READERS_DAY, Transport.LONG_POLLING, load, kept, List.of());
  }

  /// The same for a ramp of connections that ends with the first error, with the first second
  /// whose 99th percentile is over `limit`, or when all of the load's clients are held. What it
  /// found is in `capacity.json` too, a [Capacity], and is no failure.
  public static List<String> capacity(Transport transport, Load load, Duration limit, Path kept) {
    return command(
        Kind.CAPACITY,
        transport,
        load,
        kept,
        List.of(
            "-Dpushlab.transport=" + transport.id(),
            "-Dpushlab.limitMillis=" + limit.toMillis(),
            // A server that lets connections wait to be accepted holds no more.
            "-Dgatling.http.requestTimeout=10000"));
  }

  private static List<String> command(
      Kind kind, Transport transport, Load load, Path kept, List<String> properties) {
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
    command.addAll(properties);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            Simulate.class.getName(),
            kind.name(),
            transport.id(),
            kept.toAbsolutePath().toString()));
    return command;
  }
}
