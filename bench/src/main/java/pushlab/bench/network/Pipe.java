package pushlab.bench.network;

import io.netty.channel.EventLoop;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import pushlab.report.result.Network;

/// One direction of a network of streams: all its streams share the rate. Everything happens on
/// one event loop.
final class Pipe {

  private final EventLoop loop;
  private final double delayNanos;
  private final double jitterNanos;
  private final double nanosPerByte;
  private final Random random = new Random();

  /// When the rate has carried all that was given.
  private long free;

  Pipe(EventLoop loop, Network network) {
    this.loop = loop;
    delayNanos = network.roundTripMillis() * 1e6 / 2;
    jitterNanos = network.jitterMillis() * 1e6;
    Double megabits = network.megabitsPerSecond();
    nanosPerByte = megabits == null ? 0 : 1e9 / Queue.bytesPerSecond(megabits);
    free = System.nanoTime();
  }

  /// When `bytes` that are sent now arrive, in the nanoseconds of the system's clock.
  ///
  /// @param notBefore when what the stream sent before arrives, because a stream keeps its order
  long arrival(int bytes, long notBefore) {
    long now = System.nanoTime();
    free = (free - now > 0 ? free : now) + Math.round(bytes * nanosPerByte);
    double varied = jitterNanos * (2 * random.nextDouble() - 1);
    long arrival = free + Math.round(delayNanos + varied);
    return arrival - notBefore > 0 ? arrival : notBefore;
  }

  /// Runs `task` at that time.
  void at(long nanoTime, Runnable task) {
    var _ = loop.schedule(task, Math.max(0, nanoTime - System.nanoTime()), TimeUnit.NANOSECONDS);
  }
}
