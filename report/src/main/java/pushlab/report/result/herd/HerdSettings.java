package pushlab.report.result.herd;

import org.jspecify.annotations.Nullable;

/// The settings of server and clients that decide how a herd comes back.
///
/// @param holdSeconds how long the server holds a poll; null where the transport has no hold
/// @param holdSpread the share of the hold by which the server shortens it at random, from 0 to 1;
///     null where the transport has no hold
/// @param windowSeconds a client that lost its connection waits a random time from 0 to this before
///     it tries again, and up to twice as long after each failure (full jitter); 0 for no wait
/// @param saidSeconds the longest wait that the server itself says (`retry:`, `Retry-After`); null
///     if clients do not obey it or the transport has no such word
/// @param acceptsPerSecond how many connections the server accepts a second; null for no limit
public record HerdSettings(
    @Nullable Double holdSeconds,
    @Nullable Double holdSpread,
    double windowSeconds,
    @Nullable Double saidSeconds,
    @Nullable Integer acceptsPerSecond) {

  public HerdSettings {
    if (!(windowSeconds >= 0 && windowSeconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("windowSeconds makes no sense: " + windowSeconds);
    }
  }
}
