package pushlab.server.net.line;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import org.jspecify.annotations.Nullable;

/// Writes to one connection, and knows since when a write has been waiting for the client.
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

  /// The thread that is writing now.
  @Nullable Thread writer() {
    return writer;
  }

  /// Since when a write has been waiting; 0 if there is none.
  int since() {
    return since;
  }

  /// Sends the body of the next answer without chunks; the end of the connection ends it. Helidon
  /// writes the head first, and then each chunk with one call.
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
