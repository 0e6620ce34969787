package pushlab.server.transport;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How much earlier a hold may end, at random, so that clients that asked at the same time do not
/// return at the same time.
///
/// @param share of the hold, from 0 to 1
public record HoldSpread(double share) {

  /// `hold`, or up to this share of it less.
  Duration of(Duration hold) {
    long most = Math.round(hold.toNanos() * share);
    return hold.minusNanos(ThreadLocalRandom.current().nextLong(most + 1));
  }
}
