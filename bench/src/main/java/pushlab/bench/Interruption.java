package pushlab.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Handles Ctrl-C and SIGTERM while it is open: it interrupts the thread that opened it, and lets
/// the JVM exit once that thread has closed it, or after 20 s. So nothing that the thread started
/// outlives the command.
final class Interruption implements AutoCloseable {

  private static final Duration EXIT_PATIENCE = Duration.ofSeconds(20);

  private final Thread working = Thread.currentThread();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interruptAndWait);
  private boolean mayInterrupt = true;

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void interruptAndWait() {
    interrupt();
    try {
      var _ = closed.await(EXIT_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void interrupt() {
    if (mayInterrupt) {
      working.interrupt();
    }
  }

  /// From now on Ctrl-C waits for [#close] and interrupts nothing: an interrupt would spoil what is
  /// written. Clears the interrupt of the current thread.
  synchronized void stopInterrupting() {
    mayInterrupt = false;
    Thread.interrupted();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The JVM is shutting down and runs the hook.
    }
  }
}
