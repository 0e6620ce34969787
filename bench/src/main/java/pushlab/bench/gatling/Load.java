package pushlab.bench.gatling;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// How a simulation loads its target. It travels to the simulation's own JVM as system properties,
/// `pushlab.target` and so on, one a component.
///
/// @param target base address of the server, for example `http://127.0.0.1:8080`
/// @param clients subscribers, each on a connection of its own
/// @param ramp time over which they connect, in whole seconds
/// @param hold time for which all of them stay connected while updates are published
/// @param updatesPerSecond updates a second during the hold; 0 for none
/// @param pollInterval how long short polling waits between an answer and its next request
public record Load(
    URI target,
    int clients,
    Duration ramp,
    Duration hold,
    double updatesPerSecond,
    Duration pollInterval) {

  /// Gatling drops the fraction of a ramp's last second, and the clients that would connect in it.
  public Load {
    if (ramp.toNanosPart() != 0) {
      throw new IllegalArgumentException("a ramp takes whole seconds, not " + ramp);
    }
  }

  /// The load that this JVM was started with.
  ///
  /// @throws IllegalStateException if a property is missing; the message names it
  /// @throws NumberFormatException if one that has to be a number is none
  public static Load fromSystemProperties() {
    return new Load(
        URI.create(property("target")),
        Integer.parseInt(property("clients")),
        seconds(property("ramp")),
        seconds(property("hold")),
        Double.parseDouble(property("updatesPerSecond")),
        Duration.ofMillis(Long.parseLong(property("pollIntervalMillis"))));
  }

  /// The JVM options that hand this load to a simulation.
  public List<String> toSystemProperties() {
    return List.of(
        option("target", target),
        option("clients", clients),
        option("ramp", ramp.toSeconds()),
        option("hold", hold.toMillis() / 1000.0),
        option("updatesPerSecond", updatesPerSecond),
        option("pollIntervalMillis", pollInterval.toMillis()));
  }

  /// The same address for a WebSocket.
  URI webSocketTarget() {
    return URI.create(target.toString().replaceFirst("^http", "ws"));
  }

  /// Within this time a simulation has ended, or something that was due never came.
  Duration atMost() {
    return ramp.plus(hold).plusSeconds(30);
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
