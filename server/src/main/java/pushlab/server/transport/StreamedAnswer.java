package pushlab.server.transport;

import io.helidon.http.Header;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.OutputStream;
import pushlab.server.http.Answers;
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
