package pushlab.server.net.line;

import java.util.concurrent.atomic.AtomicInteger;

/// A clock that is cheap to read, and moves only when it is told to. It starts at 1. Thread-safe.
public final class SecondsClock {

  private final AtomicInteger now = new AtomicInteger(1);

  public int now() {
    return now.get();
  }

  public void tick() {
    now.incrementAndGet();
  }
}
