package pushlab.server.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import pushlab.server.state.Hold;
import pushlab.server.state.Position;
import pushlab.server.state.VersionedState;

/// A WebSocket as data: what [WebSocketPush] does in a thread. If the client sends anything but
/// pongs, a thread takes over.
final class HeldSocket implements Held {

  private static final byte PONG = (byte) 0x8A;
  private static final int MASKED = 0x80;
  private static final int LONGEST_CONTROL = 125;
  private static final int HEAD = 6;

  private final WebSocketPush webSockets;
  private final VersionedState state;
  private final Deliveries.Subscriber subscriber;
  private final Runnable woken;
  private Position seen;
  private long pingAt;
  private Hold hold;
  private boolean pings;

  /// The WebSocket of `subscriber`, which is at `seen`.
  HeldSocket(
      WebSocketPush webSockets,
      VersionedState state,
      Position seen,
      Deliveries.Subscriber subscriber,
      Runnable woken) {
    this.webSockets = webSockets;
    this.state = state;
    this.seen = seen;
    this.subscriber = subscriber;
    this.woken = woken;
    this.pingAt = webSockets.nextPing();
    this.hold = next();
  }

  /// The wait for the next version, or for the next ping.
  private Hold next() {
    Duration patience = Duration.ofNanos(pingAt - System.nanoTime());
    return state.hold(seen, patience, woken).orElseThrow();
  }

  @Override
  public boolean isOver() {
    return hold.isOver();
  }

  @Override
  public void put(ByteBuffer out, boolean closes) {
    hold.newer().map(Wire::frame).ifPresent(out::put);
    pings = System.nanoTime() - pingAt >= 0;
    if (pings) {
      out.put(Frame.PING);
    }
  }

  @Override
  public Next written(int bytes) {
    hold.newer()
        .ifPresent(
            snapshot -> {
              subscriber.took(snapshot, seen);
              seen = Wire.position(snapshot);
            });
    if (pings) {
      pingAt = webSockets.nextPing();
    }
    if (state.isClosed()) {
      return Next.THREAD;
    }
    hold = next();
    return Next.WAIT;
  }

  @Override
  public Next received(byte[] bytes, int length) {
    return arePongs(bytes, length) ? Next.WAIT : Next.THREAD;
  }

  /// Whether the first `length` of `bytes` are whole pongs, as RFC 6455 (section 5.5) allows them.
  private static boolean arePongs(byte[] bytes, int length) {
    int from = 0;
    while (from + HEAD <= length && bytes[from] == PONG && (bytes[from + 1] & MASKED) != 0) {
      int payload = bytes[from + 1] & ~MASKED & 0xff;
      if (payload > LONGEST_CONTROL) {
        return false;
      }
      from += HEAD + payload;
    }
    return from == length;
  }

  @Override
  public boolean canIdle() {
    return true;
  }

  @Override
  public void inThread(Socket socket) throws InterruptedException {
    hold.leave();
    try (subscriber) {
      webSockets.push(socket, state, seen, subscriber);
    }
  }

  @Override
  public void leave() {
    hold.leave();
    subscriber.close();
  }
}
