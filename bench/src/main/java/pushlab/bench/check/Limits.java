package pushlab.bench.check;

import java.time.Duration;

/// The time limits of a check.
///
/// @param atOnce how long an answer may take that is due at once
/// @param stillHeld a request counts as held if it has no answer for this long
/// @param shortestHold the shortest hold that passes
/// @param longestHold the longest hold that passes
/// @param races how many races are run to find a lost wake-up
/// @param hunt the time limit for these races
/// @param whole the time limit of the check; no rule is tested after it
record Limits(
    Duration atOnce,
    Duration stillHeld,
    Duration shortestHold,
    Duration longestHold,
    int races,
    Duration hunt,
    Duration whole) {

  /// The limits for a server on this machine or near it.
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

  /// The same limits for a check that has twice the time.
  Limits twice() {
    return new Limits(
        atOnce, stillHeld, shortestHold, longestHold, races, hunt, whole.multipliedBy(2));
  }
}
