package pushlab.bench.watch;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the answers to the polls of one connection. Netty decodes them. The subscribers of a task
/// get the same bytes for a version, so an answer with the same bytes as the last one that was
/// decoded is not decoded again.
final class AnswerReader {

  private static final int MAX_ANSWER = 64 * 1024;

  private final Last last;
  private @Nullable EmbeddedChannel decoder;

  /// Whether the next byte is the first of an answer.
  private boolean between = true;

  /// A reader for a new connection. The connections of one loop share `last`.
  AnswerReader(Last last) {
    this.last = last;
  }

  /// Whether no byte of the next answer has been read.
  boolean isBetween() {
    return between;
  }

  /// The answer that `bytes` complete, or null if more bytes are needed. Answers that announce
  /// another one are skipped (RFC 9110, section 15.2).
  ///
  /// @throws RuntimeException if the answer is longer than 64 KiB
  /// @throws IllegalStateException if there are two answers
  @Nullable FullHttpResponse read(ByteBuffer bytes) {
    FullHttpResponse same = between ? last.ifSame(bytes) : null;
    if (same != null) {
      return same;
    }
    byte[] read = new byte[bytes.remaining()];
    bytes.get(read);
    if (decoder == null) {
      decoder =
          new EmbeddedChannel(new HttpResponseDecoder(), new HttpObjectAggregator(MAX_ANSWER));
    }
    decoder.writeInbound(Unpooled.wrappedBuffer(read));
    FullHttpResponse answer = next(decoder);
    if (answer != null && next(decoder) != null) {
      throw new IllegalStateException("the server answered twice");
    }
    if (answer != null && between) {
      last.set(read, answer);
    }
    between = answer != null;
    return answer;
  }

  /// The answer that the end of the connection completes, or null if there is none.
  @Nullable FullHttpResponse end() {
    return finish() ? next(requireNonNull(decoder)) : null;
  }

  /// Releases what was read of an answer that is not complete.
  void close() {
    if (finish()) {
      requireNonNull(decoder).releaseInbound();
    }
  }

  /// Ends the decoder. Returns whether that completes an answer.
  private boolean finish() {
    try {
      return decoder != null && decoder.finish();
    } catch (PrematureChannelClosureException _) {
      return false;
    }
  }

  private static @Nullable FullHttpResponse next(EmbeddedChannel decoder) {
    FullHttpResponse answer = decoder.readInbound();
    while (answer != null && answer.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      answer.release();
      answer = decoder.readInbound();
    }
    return answer;
  }

  /// The last answer that was decoded from the bytes of a single read. Not thread-safe.
  static final class Last {

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = {};
    private byte[] compared = {};
    private @Nullable FullHttpResponse answer;

    /// Sets the last answer to `decoded`, if `read` is the whole of it and nothing else.
    private void set(byte[] read, FullHttpResponse decoded) {
      int head = endOfHead(read);
      if (decoded.decoderResult().isSuccess()
          && head > 0
          && read.length - head == decoded.content().readableBytes()) {
        bytes = read;
        compared = new byte[read.length];
        answer = decoded.replace(Unpooled.copiedBuffer(decoded.content()));
      }
    }

    private static int endOfHead(byte[] read) {
      int length = END_OF_HEAD.length;
      for (int end = length; end <= read.length; end++) {
        if (Arrays.equals(read, end - length, end, END_OF_HEAD, 0, length)) {
          return end;
        }
      }
      return -1;
    }

    /// The last answer, if it has the same `bytes`; otherwise null.
    private @Nullable FullHttpResponse ifSame(ByteBuffer read) {
      if (answer == null || read.remaining() != bytes.length) {
        return null;
      }
      read.get(read.position(), compared);
      if (!Arrays.equals(compared, bytes)) {
        return null;
      }
      answer.content().readerIndex(0);
      return answer.retain();
    }
  }
}
