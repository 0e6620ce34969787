package pushlab.report.model;

import org.jspecify.annotations.Nullable;
import pushlab.report.judge.Workload;
import pushlab.report.result.Network;
import pushlab.report.result.Transport.Asking;

/// How late an update is by theory: what the transport's way of asking and the network take, and
/// nothing else. docs/method.md derives it. It knows one loss for each message. It leaves out
/// jitter, the rate of the network, congestion control, a second loss, and later updates that
/// wait in the same connection behind a lost one.
final class NetworkDelay {

  /// The least that Linux adds to a round trip before it sends a segment again, in milliseconds
  /// (`TCP_RTO_MIN`; RFC 6298 would wait for a second in all).
  private static final double LEAST_WAIT = 200;

  /// A segment is lost once a later one was acknowledged and this part of a round trip has passed
  /// (RFC 8985, section 6.2).
  private static final double REORDERING = 0.25;

  private static final double ROUNDING = 1e-9;
  private static final int HALVINGS = 60;

  private final Asking asking;
  private final double intervalMillis;
  private final double periodMillis;
  private final double roundTrip;
  private final double loss;

  /// @param intervalMillis of short polling; null for every other transport
  NetworkDelay(Asking asking, @Nullable Long intervalMillis, Workload workload) {
    Network network = workload.network() == null ? Network.LOOPBACK : workload.network();
    this.asking = asking;
    this.intervalMillis = intervalMillis == null ? 0 : intervalMillis;
    this.periodMillis = 1000 * workload.tasks() / workload.updatesPerSecond();
    this.roundTrip = network.roundTripMillis();
    this.loss = network.loss();
  }

  /// The delivery time, in milliseconds, that at least this share of deliveries does not exceed.
  /// Where just that share is delivered without a loss, it is the time of a loss.
  double quantile(double share) {
    double wanted = Math.min(share + ROUNDING, 1 - ROUNDING);
    double low = 0;
    double high = 2 * roundTrip + intervalMillis + recovery();
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (within(middle) >= wanted) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high < ROUNDING ? 0 : high;
  }

  /// The share of deliveries that take at most that long.
  private double within(double millis) {
    double lost = asking == Asking.AT_INTERVALS ? 1 - (1 - loss) * (1 - loss) : loss;
    return (1 - lost) * withoutLoss(millis) + lost * withoutLoss(millis - recovery());
  }

  /// A poll waits at the client, for an interval and a round trip at most. A long poll finds its
  /// client asking again if updates, which come at even intervals, are no farther apart than a
  /// round trip.
  private double withoutLoss(double millis) {
    double late = millis - roundTrip / 2;
    if (late < 0) {
      return 0;
    }
    return switch (asking) {
      case AT_INTERVALS -> share(late, intervalMillis + roundTrip);
      case AFTER_EACH_ANSWER -> periodMillis > roundTrip ? 1 : share(late, roundTrip);
      case ONCE -> 1;
    };
  }

  private static double share(double late, double longest) {
    return longest == 0 ? 1 : Math.min(1, late / longest);
  }

  /// How much later a message is whose packet was lost once. Nothing follows a request or an
  /// answer, so its timer has to run out. A pushed update may be followed by the next one before
  /// that, whose acknowledgement shows the gap.
  private double recovery() {
    double timer = roundTrip + LEAST_WAIT;
    return asking == Asking.ONCE
        ? Math.min(timer, periodMillis + (1 + REORDERING) * roundTrip)
        : timer;
  }
}
