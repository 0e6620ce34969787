package pushlab.server.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Writes lines in a thread of its own, so that requests do not wait for the disk. If it cannot
/// keep up, it drops lines instead of using more memory, and the log says how many. Thread-safe.
final class LineWriter implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(LineWriter.class.getName());

  /// How many bytes may wait to be written.
  private static final int MOST_PENDING = 8 << 20;

  /// The least that a line takes beside its bytes.
  private static final int OVERHEAD = 64;

  /// Marks the end. No line is empty.
  private static final byte[] END = {};
  private static final long PATIENCE_MILLIS = 1000;

  private final String name;
  private final OutputStream out;
  private final BlockingQueue<byte[]> pending = new LinkedBlockingQueue<>();
  private final AtomicLong pendingBytes = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final Thread writing;
  private boolean failing;

  private LineWriter(String name, OutputStream out) {
    this.name = name;
    this.out = new BufferedOutputStream(out, 65_536);
    this.writing = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  /// Writes to the end of `file`, or to the standard output if it is `-`.
  ///
  /// @param name the name for messages about failures
  /// @throws IllegalStateException if it cannot be opened; the message begins with `name` and says
  ///     why
  static LineWriter to(String name, String file) {
    try {
      return new LineWriter(name, open(file));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalStateException("%s: cannot write its file: %s".formatted(name, e), e);
    }
  }

  private static OutputStream open(String file) throws IOException {
    if (file.equals("-")) {
      // Not `System.out`, whose lock is held during a write: other threads that print would wait
      // too.
      return new FileOutputStream(FileDescriptor.out);
    }
    Path path = Path.of(file);
    // Opening a named pipe for writing alone would wait until another process reads it.
    return isNamedPipe(path)
        ? Channels.newOutputStream(
            FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE))
        : Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static boolean isNamedPipe(Path path) throws IOException {
    return Files.exists(path)
        && path.getFileSystem().supportedFileAttributeViews().contains("unix")
        && ((int) Files.getAttribute(path, "unix:mode") & 0xf000) == 0x1000;
  }

  /// Writes `line` and a line end soon.
  void write(String line) {
    byte[] bytes = (line + "\n").getBytes(UTF_8);
    int size = bytes.length + OVERHEAD;
    if (pendingBytes.addAndGet(size) > MOST_PENDING) {
      pendingBytes.addAndGet(-size);
      lost.incrementAndGet();
    } else {
      pending.add(bytes);
    }
  }

  private void run() {
    try {
      byte[] line = pending.take();
      while (line.length > 0) {
        append(line);
        pendingBytes.addAndGet(-line.length - OVERHEAD);
        if (pending.isEmpty()) {
          flush();
        }
        line = pending.take();
      }
      flush();
    } catch (InterruptedException _) {
      // Nobody interrupts this thread.
    }
  }

  private void append(byte[] line) {
    try {
      out.write(line);
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

  /// Logs the first failure of a row only.
  private void fail(IOException e) {
    if (!failing) {
      LOG.log(Level.WARNING, name + ": cannot write", e);
    }
    failing = true;
  }

  /// Returns when all pending lines are written, or after a second.
  @Override
  public void close() {
    pending.add(END);
    try {
      writing.join(PATIENCE_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
