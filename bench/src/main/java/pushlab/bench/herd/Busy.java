package pushlab.bench.herd;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/// How busy the current thread is. To be used by that thread only.
final class Busy {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long since;
  private long used;
  private double most;

  /// Begins to measure.
  void start() {
    since = System.nanoTime();
    used = cpuNanos();
    most = 0;
  }

  /// To be called several times a second.
  void look() {
    long now = System.nanoTime();
    if (now - since >= SECOND) {
      long cpu = cpuNanos();
      most = Math.max(most, (double) (cpu - used) / (now - since));
      since = now;
      used = cpu;
    }
  }

  /// The largest share of a second that the thread used, from 0 to 1. The last second counts once
  /// it is over.
  double most() {
    return Math.min(1, most);
  }

  private static long cpuNanos() {
    return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : 0;
  }
}
