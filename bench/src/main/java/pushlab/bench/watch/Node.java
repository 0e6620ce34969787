package pushlab.bench.watch;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import pushlab.bench.net.ServerAddress;

/// One server of a target: one of several that share one state, or the only one.
public record Node(ServerAddress address) {

  /// The server at `uri`, whose path is ignored.
  ///
  /// @throws IllegalArgumentException if it is not an `http` address
  static Node of(URI uri) {
    ServerAddress address = ServerAddress.of(uri);
    if (!address.scheme().equals("http")) {
      throw new IllegalArgumentException(
          "'%s' is a TLS address, but the instruments only speak http: give the server's http address"
              .formatted(uri));
    }
    return new Node(address);
  }

  /// The URI of `path` on this server.
  public URI uri(String scheme, String path) {
    return address.uri(scheme, path);
  }

  /// A request for `path`, encoded.
  String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nhost: " + address.authority() + "\r\n\r\n";
  }

  /// A request for `path` with another header, encoded.
  String get(String path, AsciiString header, String value) {
    return "GET "
        + path
        + " HTTP/1.1\r\nhost: "
        + address.authority()
        + "\r\n"
        + header
        + ": "
        + value
        + "\r\n\r\n";
  }

  /// A request that sets the `status` of `task`, or of the default task if `task` is null.
  FullHttpRequest update(@Nullable String task, String status) {
    String named = task == null ? "" : "\"task\":\"%s\",".formatted(task);
    byte[] body = "{%s\"status\":\"%s\"}".formatted(named, status).getBytes(StandardCharsets.UTF_8);
    var request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/update-status", Unpooled.wrappedBuffer(body));
    request
        .headers()
        .set(HttpHeaderNames.HOST, address.authority())
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    return request;
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
