package pushlab.bench.road;

import java.time.Duration;

/// How long the probes wait.
///
/// @param hold how long a poll is held, and how long a stream and a WebSocket are silent
/// @param left how long the server is watched after a poller has left
/// @param reload how long after a reload those that wait get their answer
/// @param miss how long an event may take before the next one is sent
public record Waits(Duration hold, Duration left, Duration reload, Duration miss) {

  /// What shows limits of up to a minute.
  public static final Waits WHOLE =
      new Waits(
          Duration.ofSeconds(70),
          Duration.ofSeconds(5),
          Duration.ofSeconds(12),
          Duration.ofSeconds(1));

  /// What fits into half a minute.
  public static final Waits QUICK =
      new Waits(
          Duration.ofSeconds(13),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofMillis(500));
}
