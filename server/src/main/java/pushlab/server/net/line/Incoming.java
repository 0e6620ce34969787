package pushlab.server.net.line;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.Bytes;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.LazyString;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The bytes that arrive on one connection, in one array.
///
/// Helidon's own reader keeps what it reads in a linked chain. When the collector has moved one
/// part of the chain to the old generation, all later parts of that connection follow it there
/// until a full collection, although they have been read. So a connection with many requests fills
/// the heap. This class drops what has been read. For one thread.
public final class Incoming extends DataReader {

  private final Supplier<byte @Nullable []> source;
  private byte[] bytes = {};
  private int from;
  private int to;

  /// Reads from `source`, which waits for the next bytes and returns null at the end. The arrays
  /// are passed on without a copy, so `source` must not change them.
  @SuppressWarnings("removal")
  public Incoming(Supplier<byte @Nullable []> source) {
    super(source);
    this.source = source;
  }

  @Override
  public int available() {
    return to - from;
  }

  @Override
  public void pullData() {
    byte[] more = source.get();
    if (more == null) {
      throw new InsufficientDataAvailableException();
    }
    if (from == to) {
      bytes = more;
      from = 0;
      to = more.length;
    } else {
      append(more);
    }
  }

  /// Arrays that were passed on do not change: only the bytes behind them are written.
  private void append(byte[] more) {
    if (bytes.length - to < more.length) {
      int unread = to - from;
      byte[] longer = new byte[Math.max(2 * unread, unread + more.length)];
      System.arraycopy(bytes, from, longer, 0, unread);
      bytes = longer;
      from = 0;
      to = unread;
    }
    System.arraycopy(more, 0, bytes, to, more.length);
    to += more.length;
  }

  @Override
  public void ensureAvailable() {
    ensureAvailable(1);
  }

  private void ensureAvailable(int length) {
    while (to - from < length) {
      pullData();
    }
  }

  private byte at(int index) {
    ensureAvailable(index + 1);
    return bytes[from + index];
  }

  @Override
  public void skip(int length) {
    for (int left = length; left > 0; ) {
      ensureAvailable();
      int skipped = Math.min(left, to - from);
      from += skipped;
      left -= skipped;
    }
  }

  @Override
  public byte read() {
    ensureAvailable();
    return bytes[from++];
  }

  @Override
  public byte lookup() {
    return at(0);
  }

  @Override
  public boolean startsWithNewLine() {
    return at(0) == Bytes.CR_BYTE && at(1) == Bytes.LF_BYTE;
  }

  @Override
  public boolean startsWith(byte[] prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (at(i) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public BufferData readBuffer() {
    ensureAvailable();
    return readBuffer(to - from);
  }

  @Override
  public BufferData readBuffer(int length) {
    BufferData buffer = getBuffer(length);
    from += length;
    return buffer;
  }

  @Override
  public BufferData getBuffer(int length) {
    ensureAvailable(Math.max(1, length));
    return BufferData.createReadOnly(bytes, from, length);
  }

  @Override
  public LazyString readLazyString(Charset charset, int length) {
    ensureAvailable(length);
    var text = new LazyString(bytes, from, length, charset);
    from += length;
    return text;
  }

  @Override
  public String readAsciiString(int length) {
    ensureAvailable(length);
    var text = new String(bytes, from, length, StandardCharsets.US_ASCII);
    from += length;
    return text;
  }

  @Override
  public byte[] readBytes(int length) {
    ensureAvailable(length);
    byte[] copy = Arrays.copyOfRange(bytes, from, from + length);
    from += length;
    return copy;
  }

  @Override
  public String readLine() {
    String line = readAsciiString(findNewLine(Integer.MAX_VALUE));
    skip(2);
    return line;
  }

  @Override
  public int findNewLine(int max) {
    for (int i = 0; i < max; i++) {
      if (isNewLine(i)) {
        return i;
      }
    }
    return max;
  }

  @Override
  public int findOrNewLine(byte wanted, int max) {
    for (int i = 0; i < max; i++) {
      if (isNewLine(i)) {
        return -i - 1;
      }
      if (at(i) == wanted) {
        return i;
      }
    }
    return max;
  }

  /// Whether a line ends at `index`. Only CR LF ends a line (RFC 9112, section 2.2).
  private boolean isNewLine(int index) {
    byte read = at(index);
    if (read == Bytes.LF_BYTE) {
      throw new IncorrectNewLineException("LF without CR at " + index);
    }
    if (read != Bytes.CR_BYTE) {
      return false;
    }
    if (at(index + 1) != Bytes.LF_BYTE) {
      throw new IncorrectNewLineException("CR without LF at " + index);
    }
    return true;
  }

  @Override
  public String debugDataHex() {
    return getBuffer(available()).debugDataHex(true);
  }
}
