package pushlab.server.net.line;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import org.jspecify.annotations.Nullable;

/// What goes out on one connection, and since when a write waits for a client to take it.
public final class Outgoing implements DataWriter {

  private final DataWriter out;
  private final SecondsClock clock;
  private volatile @Nullable Thread writer;
  private volatile int since;
  private boolean dropsChunks;
  private boolean isHead;

  Outgoing(DataWriter out, SecondsClock clock) {
    this.out = out;
    this.clock = clock;
  }

  /// The thread that writes now.
  @Nullable Thread writer() {
    return writer;
  }

  /// Since when, or 0 if nobody does.
  int since() {
    return since;
  }

  /// Of the answer that follows, the body goes out without chunks, up to the end of the connection.
  /// Helidon writes its head first, and then each chunk at once.
  public void dropsChunks() {
    dropsChunks = true;
    isHead = true;
  }

  @Override
  public void write(BufferData... buffers) {
    writeNow(buffers);
  }

  @Override
  public void write(BufferData buffer) {
    writeNow(buffer);
  }

  @Override
  public void writeNow(BufferData... buffers) {
    begin();
    try {
      out.writeNow(buffers);
    } finally {
      end();
    }
  }

  @Override
  public void writeNow(BufferData buffer) {
    begin();
    try {
      out.writeNow(dropsChunks ? content(buffer) : buffer);
    } finally {
      end();
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    out.close();
  }

  private BufferData content(BufferData buffer) {
    if (isHead) {
      isHead = false;
      return buffer;
    }
    buffer.skip(buffer.indexOf((byte) '\n') + 1);
    byte[] content = new byte[buffer.available() - 2];
    buffer.read(content);
    return BufferData.create(content);
  }

  private void begin() {
    writer = Thread.currentThread();
    since = clock.now();
  }

  private void end() {
    since = 0;
    writer = null;
  }
}
