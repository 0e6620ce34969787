package pushlab.server.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Writes lines by a thread of its own, so that nobody waits for the disk. If it cannot keep up,
/// lines are lost rather than memory, and the log says how many. Thread-safe.
final class LineWriter implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(LineWriter.class.getName());
  private static final int PENDING = 65_536;
  private static final long PATIENCE_MILLIS = 1000;

  private final String name;
  private final OutputStream out;

  /// Nothing is the end.
  private final BlockingQueue<Optional<Supplier<String>>> pending =
      new ArrayBlockingQueue<>(PENDING);

  private final AtomicLong lost = new AtomicLong();
  private final Thread writing;
  private boolean failing;

  private LineWriter(String name, OutputStream out) {
    this.name = name;
    this.out = new BufferedOutputStream(out, 65_536);
    this.writing = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  /// Writes to the end of `file`, or to the standard output if that is `-`.
  ///
  /// @param name what failures are told of
  /// @throws IllegalStateException if it cannot; the message begins with `name` and says why
  static LineWriter to(String name, String file) {
    if (file.equals("-")) {
      return new LineWriter(name, System.out);
    }
    try {
      return new LineWriter(
          name,
          Files.newOutputStream(
              Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalStateException("%s: cannot write its file: %s".formatted(name, e), e);
    }
  }

  /// Has `line` written soon, without its end; it is asked for by another thread.
  void write(Supplier<String> line) {
    if (!pending.offer(Optional.of(line))) {
      lost.incrementAndGet();
    }
  }

  private void run() {
    try {
      Optional<Supplier<String>> line = pending.take();
      while (line.isPresent()) {
        append(line.get().get() + "\n");
        if (pending.isEmpty()) {
          flush();
        }
        line = pending.take();
      }
      flush();
    } catch (InterruptedException _) {
      // Nobody does.
    }
  }

  private void append(String line) {
    try {
      out.write(line.getBytes(UTF_8));
    } catch (IOException e) {
      fail(e);
    }
  }

  private void flush() {
    try {
      out.flush();
      failing = false;
    } catch (IOException e) {
      fail(e);
    }
    long missing = lost.getAndSet(0);
    if (missing > 0) {
      LOG.log(Level.WARNING, "{0}: {1} lines are lost", new Object[] {name, missing});
    }
  }

  /// Says so once, not for every line.
  private void fail(IOException e) {
    if (!failing) {
      LOG.log(Level.WARNING, name + ": cannot write", e);
    }
    failing = true;
  }

  /// Returns when all that is pending is written, or after a second.
  @Override
  public void close() {
    try {
      if (pending.offer(Optional.empty(), PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        writing.join(PATIENCE_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
