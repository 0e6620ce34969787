package pushlab.report.result;

import java.util.List;

/// `gatling/<transport>/stats.json`: what Gatling counted. It is beside Gatling's own
/// `index.html`. The times are those of requests; a held request is slow by design, so they say
/// nothing about delivery.
///
/// @param clients subscribers that were to connect, each on its own connection
/// @param connected the highest number of subscribers at one time
/// @param rampSeconds the time over which they connected
/// @param holdSeconds the time during which all of them stayed while updates were published
/// @param updatesPerSecond updates a second during the hold
/// @param finished whether every subscriber had the last version when it left; if not, the rest
///     was stopped at its time limit
/// @param requests in the order of their first occurrence; the one named `connect` is the first
///     request of a subscriber, from no connection to an answer
/// @param seconds the simulation second by second
/// @param failures what went wrong, the most frequent first; empty if nothing did
public record GatlingStats(
    Transport transport,
    int clients,
    int connected,
    double rampSeconds,
    double holdSeconds,
    double updatesPerSecond,
    boolean finished,
    List<Request> requests,
    List<Second> seconds,
    List<Failure> failures) {

  /// All requests of one name, with times in milliseconds from the request to the end of its
  /// answer.
  ///
  /// @param count requests, including the failed ones
  public record Request(
      String name,
      long count,
      long failed,
      int medianMillis,
      int percentile99Millis,
      int maxMillis) {}

  /// One second of the simulation.
  ///
  /// @param at when it began, in whole seconds from the start
  /// @param connected the highest number of subscribers in it
  /// @param answers requests that were answered or failed within half a second of its beginning,
  ///     including those of the publisher; a frame or an event that Gatling waits for is a
  ///     request too
  public record Second(int at, int connected, int answers) {}

  /// One kind of failure, as Gatling names it.
  public record Failure(String message, int count) {}
}
