package pushlab.bench.network;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import pushlab.report.result.Network;

/// Measures a network by small datagrams that come back: first few and far apart, for the round
/// trip, then many, for the loss. Both ends are in this process.
final class Calibrator {

  private static final int BYTES = Long.BYTES;

  /// With the headers of Ethernet, IP and UDP.
  private static final int BITS = 8 * (BYTES + 42);

  private static final int BUFFER = 1 << 20;
  private static final int FEW = 20;
  private static final int FEW_WITH_JITTER = 60;
  private static final Duration APART = Duration.ofMillis(10);
  private static final Duration COUNTING = Duration.ofMillis(1500);
  private static final double MOST_PER_SECOND = 2000;

  /// So that no queue of a slow network fills.
  private static final double SHARE_OF_RATE = 0.5;

  private static final Duration GRACE = Duration.ofMillis(50);

  private final Network network;
  private final DatagramChannel near;
  private final DatagramChannel far;

  private final AtomicLong arrived = new AtomicLong();
  private final AtomicLong back = new AtomicLong();
  private final ConcurrentLinkedQueue<Double> roundTrips = new ConcurrentLinkedQueue<>();

  /// @param near a socket of the clients' end, connected with `far`
  /// @param far a socket of the server's end
  Calibrator(Network network, DatagramChannel near, DatagramChannel far) {
    this.network = network;
    this.near = near;
    this.far = far;
  }

  /// Takes up to about 4 s and a round trip.
  Calibration measure() throws IOException, InterruptedException {
    near.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
    far.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
    Thread.ofPlatform().daemon().name("calibration, far").start(this::echo);
    Thread.ofPlatform().daemon().name("calibration, near").start(this::receive);
    // Packets wait for each other, so that they stay in order: jitter would add up.
    Duration apart =
        Duration.ofNanos(Math.max(APART.toNanos(), Math.round(2e6 * network.jitterMillis())));
    long few = send(network.jitterMillis() > 0 ? FEW_WITH_JITTER : FEW, apart, 1);
    awaitLast();
    double[] seen = roundTrips.stream().mapToDouble(it -> it).sorted().toArray();
    Double median = seen.length == 0 ? null : seen[seen.length / 2];

    double perSecond = perSecond();
    int burst = Math.max(1, (int) (perSecond / 500));
    int bursts = Math.max(1, (int) (perSecond * COUNTING.toMillis() / 1000 / burst));
    long many = send(bursts, Duration.ofNanos((long) (1e9 * burst / perSecond)), burst);
    awaitLast();
    long lost = few + many - back.get();
    long sent = few + many + arrived.get();
    return new Calibration(median, (double) lost / sent, sent);
  }

  private double perSecond() {
    Double megabits = network.megabitsPerSecond();
    return megabits == null
        ? MOST_PER_SECOND
        : Math.min(MOST_PER_SECOND, SHARE_OF_RATE * megabits * 1e6 / BITS);
  }

  private long send(int bursts, Duration apart, int burst)
      throws IOException, InterruptedException {
    ByteBuffer datagram = ByteBuffer.allocate(BYTES);
    long next = System.nanoTime();
    for (int i = 0; i < bursts; i++) {
      for (int j = 0; j < burst; j++) {
        near.write(datagram.clear().putLong(System.nanoTime()).flip());
      }
      next += apart.toNanos();
      long wait = next - System.nanoTime();
      if (wait > 0) {
        Thread.sleep(Duration.ofNanos(wait));
      }
    }
    return (long) bursts * burst;
  }

  private void awaitLast() throws InterruptedException {
    double longest = network.roundTripMillis() + 2 * network.jitterMillis();
    Thread.sleep(GRACE.plus(Duration.ofNanos((long) (longest * 1.2e6))));
  }

  private void echo() {
    ByteBuffer datagram = ByteBuffer.allocate(BYTES);
    try {
      while (true) {
        SocketAddress from = far.receive(datagram.clear());
        arrived.incrementAndGet();
        far.send(datagram.flip(), from);
      }
    } catch (IOException _) {
      // The measurement is over.
    }
  }

  private void receive() {
    ByteBuffer datagram = ByteBuffer.allocate(BYTES);
    try {
      while (true) {
        near.read(datagram.clear());
        long now = System.nanoTime();
        back.incrementAndGet();
        roundTrips.add((now - datagram.flip().getLong()) / 1e6);
      }
    } catch (IOException _) {
      // The measurement is over.
    }
  }
}
