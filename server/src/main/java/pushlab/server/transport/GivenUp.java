package pushlab.server.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The threads whose request is given up: its client has gone or does not end it. They are
/// interrupted, but Helidon keeps that to itself where it reads a body by HTTP/2, and takes what
/// came for the whole. Thread-safe.
public final class GivenUp {

  private static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();

  private GivenUp() {}

  /// Gives up the request that `thread` answers, until [#forget].
  public static void add(Thread thread) {
    THREADS.add(thread);
    thread.interrupt();
  }

  public static void forget(Thread thread) {
    THREADS.remove(thread);
  }

  /// Whether the request that this thread answers is given up.
  public static boolean isThisRequest() {
    return THREADS.contains(Thread.currentThread());
  }
}
