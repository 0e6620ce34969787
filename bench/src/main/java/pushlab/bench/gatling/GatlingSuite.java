package pushlab.bench.gatling;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import pushlab.bench.host.Home;
import pushlab.report.result.Transport;

/// Runs Gatling simulations, each in its own JVM.
public final class GatlingSuite {

  /// The exit code of a simulation that has failed and left its results.
  public static final int FAILED = 2;

  /// The kinds of simulation.
  enum Kind {
    SUBSCRIBERS,
    RECONNECT,
    CAPACITY;

    /// The name of the simulation's class.
    String simulation(Transport transport) {
      Class<?> simulation =
          switch (this) {
            case SUBSCRIBERS ->
                switch (transport) {
                  case SHORT_POLLING -> ShortPollingSimulation.class;
                  case LONG_POLLING -> LongPollingSimulation.class;
                  case SERVER_SENT_EVENTS -> ServerSentEventsSimulation.class;
                  case NDJSON_STREAM -> NdjsonStreamSimulation.class;
                  case WEBSOCKET -> WebSocketSimulation.class;
                };
            case RECONNECT -> ReconnectSimulation.class;
            case CAPACITY -> CapacitySimulation.class;
          };
      return simulation.getName();
    }
  }

  private GatlingSuite() {}

  /// The command line that loads a server and writes the results to `<folder>/<transport id>/`:
  /// Gatling's `index.html`, and `stats.json` with a [pushlab.report.result.GatlingStats]. It
  /// replaces older results there. The process reads no input and connects to no other host. It
  /// ends within [GatlingLoad#atMost]. It exits with 0 on success, with 2 if a request failed or a
  /// subscriber did not receive the last version, and with another code if there are no results.
  public static List<String> command(Transport transport, GatlingLoad load, Path folder) {
    return command(Kind.SUBSCRIBERS, transport, load, folder.resolve(transport.id()), List.of());
  }

  /// The same for a subscriber that loses its connection and comes back, with the results in
  /// `kept`.
  public static List<String> reconnect(GatlingLoad load, Path kept) {
    return command(Kind.RECONNECT, Transport.LONG_POLLING, load, kept, List.of());
  }

  /// The same for a [CapacitySimulation]. Its result is also in `capacity.json`, as a [Capacity];
  /// reaching the capacity is not a failure.
  ///
  /// @param limit the limit for the 99th percentile of a second
  public static List<String> capacity(
      Transport transport, GatlingLoad load, Duration limit, Path kept) {
    return command(
        Kind.CAPACITY,
        transport,
        load,
        kept,
        List.of(
            "-Dpushlab.transport=" + transport.id(),
            "-Dpushlab.limitMillis=" + limit.toMillis(),
            // A server that leaves connections unaccepted has reached its capacity.
            "-Dgatling.http.requestTimeout=10000"));
  }

  private static List<String> command(
      Kind kind, Transport transport, GatlingLoad load, Path kept, List<String> properties) {
    var command = new ArrayList<String>();
    command.add(Home.java("java"));
    command.addAll(
        List.of(
            "-Xms128m",
            "-Xmx1g",
            "-XX:+UseParallelGC",
            // The run is short: the second compiler would take more CPU than it saves.
            "-XX:TieredStopAtLevel=1",
            // Gatling asks Maven Central for its newest version. No setting prevents that, but this
            // proxy does.
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
