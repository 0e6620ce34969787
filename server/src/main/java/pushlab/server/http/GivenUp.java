package pushlab.server.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The threads whose request is given up, because its client has gone or does not finish it. Such
/// a thread is interrupted. Helidon does not report an interrupt while it reads a body by HTTP/2:
/// it takes the part that has arrived for the whole body. So a thread that has read a
/// body asks here afterwards. Thread-safe.
public final class GivenUp {

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /// Gives up the request that `thread` answers, until [#forget], and interrupts the thread.
  public void add(Thread thread) {
    threads.add(thread);
    thread.interrupt();
  }

  /// The request that `thread` answered has ended.
  public void forget(Thread thread) {
    threads.remove(thread);
  }

  /// Whether the request that the current thread answers is given up.
  public boolean isThisRequest() {
    return threads.contains(Thread.currentThread());
  }
}
