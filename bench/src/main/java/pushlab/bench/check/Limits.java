package pushlab.bench.check;

import java.time.Duration;

/// How long a server has for what.
///
/// @param atOnce the longest that an answer may take that is due
/// @param stillHeld how long a request without an answer is watched before it counts as held
/// @param shortestHold the shortest that a request may be held
/// @param longestHold the longest
/// @param races how often a lost wake-up is looked for at most
/// @param hunt how long at most
/// @param whole after this long no further rule is tried
record Limits(
    Duration atOnce,
    Duration stillHeld,
    Duration shortestHold,
    Duration longestHold,
    int races,
    Duration hunt,
    Duration whole) {

  /// For a server on this machine or near it.
  static Limits usual(Duration shortestHold, Duration longestHold) {
    return new Limits(
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        shortestHold,
        longestHold,
        5000,
        Duration.ofSeconds(10),
        longestHold.plusSeconds(90));
  }
}
