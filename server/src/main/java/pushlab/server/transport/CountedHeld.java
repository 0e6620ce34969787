package pushlab.server.transport;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/// A held subscriber, with the number of bytes that were written to it.
final class CountedHeld implements Held {

  private final Held held;
  private final LongConsumer ended;
  private long written;

  /// Tells `ended` the number at the end of `held`.
  CountedHeld(Held held, LongConsumer ended) {
    this.held = held;
    this.ended = ended;
  }

  @Override
  public boolean isOver() {
    return held.isOver();
  }

  @Override
  public void put(ByteBuffer out, boolean closes) {
    held.put(out, closes);
  }

  @Override
  public Next written(int bytes) {
    written += bytes;
    Next next = held.written(bytes);
    if (next == Next.REQUEST || next == Next.END) {
      ended.accept(written);
    }
    return next;
  }

  @Override
  public Next received(byte[] bytes, int length) {
    return held.received(bytes, length);
  }

  @Override
  public boolean canIdle() {
    return held.canIdle();
  }

  @Override
  public void inThread(Socket socket) throws InterruptedException {
    try {
      held.inThread(socket);
    } finally {
      ended.accept(written);
    }
  }

  @Override
  public void leave() {
    held.leave();
    ended.accept(written);
  }
}
