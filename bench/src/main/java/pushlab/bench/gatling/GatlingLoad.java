package pushlab.bench.gatling;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import pushlab.bench.net.PollHold;

/// The load of a simulation. The simulation's JVM gets it as system properties, one for each
/// component: `pushlab.target` and so on.
///
/// @param target the address of the server, for example `http://127.0.0.1:8080`
/// @param clients the number of subscribers, each with its own connection
/// @param ramp the time over which they connect, in whole seconds
/// @param hold the time for which all of them stay connected while updates are published
/// @param updatesPerSecond the updates in each second of the hold; 0 for none
/// @param pollInterval how long short polling waits between an answer and its next request
/// @param pollHold how long the server holds a long poll
public record GatlingLoad(
    URI target,
    int clients,
    Duration ramp,
    Duration hold,
    double updatesPerSecond,
    Duration pollInterval,
    PollHold pollHold) {

  /// What an answer may take after the hold of its poll.
  private static final Duration SLACK = Duration.ofSeconds(5);

  /// The least time after the load in which all subscribers must have left.
  private static final Duration LEAST = Duration.ofSeconds(30);

  /// Gatling would ignore a fraction of a second, and the subscribers that were to connect in it.
  public GatlingLoad {
    if (ramp.toNanosPart() != 0) {
      throw new IllegalArgumentException("a ramp must be a whole number of seconds, not " + ramp);
    }
  }

  /// The load in this JVM's system properties.
  ///
  /// @throws IllegalStateException if a property is missing; the message names it
  /// @throws NumberFormatException if a number cannot be parsed
  public static GatlingLoad fromSystemProperties() {
    return new GatlingLoad(
        URI.create(property("target")),
        Integer.parseInt(property("clients")),
        seconds(property("ramp")),
        seconds(property("hold")),
        Double.parseDouble(property("updatesPerSecond")),
        Duration.ofMillis(Long.parseLong(property("pollIntervalMillis"))),
        new PollHold(seconds(property("pollHold"))));
  }

  /// The JVM options that pass this load to a simulation.
  public List<String> toSystemProperties() {
    return List.of(
        option("target", target),
        option("clients", clients),
        option("ramp", ramp.toSeconds()),
        option("hold", hold.toMillis() / 1000.0),
        option("updatesPerSecond", updatesPerSecond),
        option("pollIntervalMillis", pollInterval.toMillis()),
        option("pollHold", pollHold.time().toSeconds()));
  }

  /// The target's address with the scheme of a WebSocket.
  URI webSocketTarget() {
    return URI.create(target.toString().replaceFirst("^http", "ws"));
  }

  /// The time limit of a simulation. It is reached only if something that was due never arrived.
  Duration atMost() {
    Duration poll = pollHold.time().plus(SLACK);
    return ramp.plus(hold).plus(poll.compareTo(LEAST) > 0 ? poll : LEAST);
  }

  private static Duration seconds(String number) {
    return Duration.ofMillis(Math.round(Double.parseDouble(number) * 1000));
  }

  private static String property(String name) {
    String value = System.getProperty("pushlab." + name);
    if (value == null) {
      throw new IllegalStateException("the system property pushlab.%s is not set".formatted(name));
    }
    return value;
  }

  private static String option(String name, Object value) {
    return "-Dpushlab.%s=%s".formatted(name, value);
  }
}
