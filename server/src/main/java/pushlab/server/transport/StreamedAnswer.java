package pushlab.server.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import pushlab.server.http.Answers;
import pushlab.server.state.Position;
import pushlab.server.state.VersionedState;

/// An answer that is written piece by piece. For one thread.
///
/// Every method that writes throws [CloseConnectionException] if the client has gone. A write that
/// a client does not take is ended by the connection, after `--write-timeout`.
final class StreamedAnswer {

  private final ServerRequest request;
  private final OutputStream out;

  /// The answer to `request`, whose headers are sent with its first bytes.
  StreamedAnswer(ServerRequest request, ServerResponse response) {
    this.request = request;
    this.out = response.outputStream();
  }

  /// Sets the headers of a streamed answer about `state`, whose `Content-Type` is `type`.
  static void setHeaders(ServerResponse response, Header type, VersionedState state) {
    response.header(type);
    response.header(Answers.NO_STORE);
    Wire.tellIfStale(response, state.lostSince());
  }

  /// Writes `bytes`, which are sent together with the next ones.
  void write(byte[] bytes) {
    Answers.write(() -> out.write(bytes));
  }

  /// Sends `bytes` at once, after what was written before.
  void send(byte[] bytes) {
    Answers.write(
        () -> {
          out.write(bytes);
          out.flush();
        });
  }

  /// Ends this thread if subscribers wait as data, and the stream goes on without it. Else does
  /// nothing, so that the thread waits.
  ///
  /// @param seen how far `subscriber` has come
  void goOnAsData(
      HeldStream.Form form, VersionedState state, Position seen, Deliveries.Subscriber subscriber) {
    if (subscriber.waitsAsData() && isPlain() && !state.current().isBehind(seen)) {
      subscriber.keep();
      throw new AsData((_, woken) -> HeldStream.of(state, seen, form, subscriber, woken));
    }
  }

  /// Whether the answer is in chunks and has its connection for itself.
  private boolean isPlain() {
    return !request.isSecure()
        && !Answers.isHttp2(request)
        && !request.headers().contains(HeaderValues.CONNECTION_CLOSE)
        && !request.content().hasEntity();
  }

  /// `bytes` as a chunk (RFC 9112, section 7.1).
  static byte[] chunk(byte[] bytes) {
    byte[] head = (Integer.toHexString(bytes.length) + "\r\n").getBytes(US_ASCII);
    return ByteBuffer.allocate(head.length + bytes.length + 2)
        .put(head)
        .put(bytes)
        .put((byte) '\r')
        .put((byte) '\n')
        .array();
  }

  /// Ends the answer. By HTTP/1.1 its connection is cut, since some clients return after a cut
  /// only. By HTTP/2 other streams share the connection, so the stream ends as it should.
  ///
  /// @throws CloseConnectionException by HTTP/1.1
  void end() {
    if (!Answers.isHttp2(request)) {
      throw new CloseConnectionException("the stream is cut");
    }
    Answers.write(out::close);
  }
}
