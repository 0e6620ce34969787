package pushlab.bench.watch;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// One thread that handles connections. Thread-safe.
sealed interface Loop extends AutoCloseable permits NettyLoop, SelectorLoop {

  long SHORTEST_PAUSE_NANOS = 2_000_000;

  /// Runs `task` on the loop, after what it does now.
  void execute(Runnable task);

  /// Runs `task` on the loop in `nanos` nanoseconds.
  void schedule(Runnable task, long nanos);

  /// Closes all connections and ends the thread within a second.
  @Override
  void close();

  /// Runs `call` on the loop and returns its result.
  ///
  /// @throws InterruptedException if the thread was interrupted
  default <T> T call(Callable<T> call) throws InterruptedException {
    var result = new CompletableFuture<T>();
    execute(
        () -> {
          try {
            result.complete(call.call());
          } catch (Exception | Error e) {
            result.completeExceptionally(e);
          }
        });
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /// Waits until `holds` is true, or for `atMost`; returns whether it became true. The loop
  /// evaluates `holds` less and less often, so that a long wait costs almost nothing. A wait may
  /// therefore take up to a fifth longer than needed.
  ///
  /// @throws InterruptedException if the thread was interrupted
  default boolean await(BooleanSupplier holds, Duration atMost) throws InterruptedException {
    var held = new CompletableFuture<Void>();
    long since = System.nanoTime();
    execute(() -> look(holds, since, held));
    try {
      held.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      held.cancel(false);
    }
  }

  private void look(BooleanSupplier holds, long since, CompletableFuture<Void> held) {
    if (held.isDone()) {
      return;
    }
    if (holds.getAsBoolean()) {
      held.complete(null);
      return;
    }
    long pause = Math.max(SHORTEST_PAUSE_NANOS, (System.nanoTime() - since) / 5);
    schedule(() -> look(holds, since, held), pause);
  }
}
