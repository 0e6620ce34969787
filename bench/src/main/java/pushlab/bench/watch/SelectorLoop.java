package pushlab.bench.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A loop around a [Selector]: for polls, each of which needs a request and an answer. It does
/// nothing between the system call and the poll, so that the instrument costs less than what it
/// measures.
///
/// In each turn it first reads from every connection that has something to read, and then runs the
/// tasks. A poll that an answer leads to is a task, so that it does not delay the time at which
/// another answer is read.
final class SelectorLoop implements Loop {

  private static final long MILLI = 1_000_000;

  /// Moments are compared by their distance from this one, since [System#nanoTime] may overflow.
  private static final long START = System.nanoTime();

  /// What is registered for a connection.
  interface Connection {
    /// Handles what the connection is ready for. On the loop.
    void ready(SelectionKey key);
  }

  private record Timer(long due, Runnable task) {}

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(timer -> timer.due - START));
  private final Thread thread;
  private volatile boolean closed;

  /// A loop whose thread runs until it is closed.
  SelectorLoop() {
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.thread = Thread.ofPlatform().daemon().name("polls").unstarted(this::run);
    thread.start();
  }

  /// Tells `connection` when `socket` is ready for `operations`. On the loop.
  SelectionKey register(SocketChannel socket, int operations, Connection connection)
      throws IOException {
    return socket.register(selector, operations, connection);
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (!isOnLoop()) {
      selector.wakeup();
    }
  }

  @Override
  public void schedule(Runnable task, long nanos) {
    var timer = new Timer(System.nanoTime() + nanos, task);
    if (isOnLoop()) {
      timers.add(timer);
    } else {
      execute(() -> timers.add(timer));
    }
  }

  private boolean isOnLoop() {
    return Thread.currentThread().equals(thread);
  }

  private void run() {
    try (selector) {
      while (!closed) {
        select();
        runTimers();
        runTasks();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until a connection is ready, a timer is due, or there is a task.
  private void select() throws IOException {
    Timer next = timers.peek();
    long nanos = next == null ? Long.MAX_VALUE : next.due - System.nanoTime();
    if (!tasks.isEmpty() || nanos <= 0) {
      selector.selectNow(SelectorLoop::ready);
    } else {
      // Rounded up: a millisecond too late costs less than a turn too early.
      selector.select(SelectorLoop::ready, (nanos - 1) / MILLI + 1);
    }
  }

  private static void ready(SelectionKey key) {
    ((Connection) key.attachment()).ready(key);
  }

  private void runTimers() {
    while (!timers.isEmpty() && timers.element().due - System.nanoTime() <= 0) {
      timers.remove().task.run();
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
