package pushlab.server.net;

import java.util.concurrent.atomic.AtomicInteger;

/// A clock that is cheap to read and moves only when told to. It starts at 1. Thread-safe.
final class SecondsClock {

  private final AtomicInteger now = new AtomicInteger(1);

  int now() {
    return now.get();
  }

  void tick() {
    now.incrementAndGet();
  }
}
