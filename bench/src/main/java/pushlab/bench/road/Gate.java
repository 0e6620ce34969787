package pushlab.bench.road;

import org.jspecify.annotations.Nullable;

/// Keeps the probes of proxies that are measured side by side from disturbing each other. A few
/// that measure times run together, and so do a few that make many requests at once, but never
/// one of each. Those that only wait need no gate. Thread-safe.
final class Gate {

  private enum Kind {
    TIMED,
    BURST
  }

  private static final int TOGETHER = 4;

  private @Nullable Kind present;
  private int inside;

  /// `probe`, which measures times.
  <T> Probe<T> timed(Probe<T> probe) {
    return behind(Kind.TIMED, probe);
  }

  /// `probe`, which makes many requests at once.
  <T> Probe<T> burst(Probe<T> probe) {
    return behind(Kind.BURST, probe);
  }

  private <T> Probe<T> behind(Kind kind, Probe<T> probe) {
    return road -> {
      enter(kind);
      try {
        return probe.of(road);
      } finally {
        leave();
      }
    };
  }

  private synchronized void enter(Kind kind) throws InterruptedException {
    while (inside == TOGETHER || (inside > 0 && present != kind)) {
      wait();
    }
    present = kind;
    inside++;
  }

  private synchronized void leave() {
    inside--;
    notifyAll();
  }
}
