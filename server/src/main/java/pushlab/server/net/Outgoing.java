package pushlab.server.net;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import org.jspecify.annotations.Nullable;

/// What goes out on one connection, and since when a write waits for a client to take it.
final class Outgoing implements DataWriter {

  private final DataWriter out;
  private final SecondsClock clock;
  private volatile @Nullable Thread writer;
  private volatile int since;

  Outgoing(DataWriter out, SecondsClock clock) {
    this.out = out;
    this.clock = clock;
  }

  /// Who writes now.
  @Nullable Thread writer() {
    return writer;
  }

  /// Since when, or 0 if nobody does.
  int since() {
    return since;
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
      out.writeNow(buffer);
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

  private void begin() {
    writer = Thread.currentThread();
    since = clock.now();
  }

  private void end() {
    since = 0;
    writer = null;
  }
}
