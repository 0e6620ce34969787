package pushlab.report.result;

import java.util.List;

/// `gatling/<transport>/stats.json`: what Gatling counted, beside its own `index.html`. Its times
/// are those of requests: a held request is slow by design, so they say nothing about delivery.
///
/// @param clients subscribers that were to connect, each on a connection of its own
/// @param connected the most subscribers that were there at one time
/// @param rampSeconds time over which they connected
/// @param holdSeconds time for which all of them stayed while updates were published
/// @param updatesPerSecond updates a second during the hold
/// @param finished whether every subscriber left with the last version; if not, the rest was cut
///     off 30 s after the hold
/// @param requests what was asked, in the order of its first occurrence; the one named `connect`
///     is a subscriber's first, from no connection to an answer
/// @param seconds how it went, second by second
/// @param failures what went wrong, the most frequent first; empty when nothing did
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

  /// All requests of one name, times in milliseconds from the request to the end of its answer.
  ///
  /// @param count requests, the failed ones among them
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
  /// @param connected the most subscribers that were there in it
  /// @param answers how many requests were answered or failed, the publisher's among them, within
  ///     half a second of its beginning; a frame or an event that was waited for is a request too
  public record Second(int at, int connected, int answers) {}

  /// One kind of failure in Gatling's words.
  public record Failure(String message, int count) {}
}
