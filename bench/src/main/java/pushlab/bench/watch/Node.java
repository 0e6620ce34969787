package pushlab.bench.watch;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import pushlab.bench.net.Address;

/// One of the servers that share the state which is measured.
public record Node(Address address) {

  /// The server at `address`, of which scheme, host and port count.
  ///
  /// @throws IllegalArgumentException if that is no `http` address
  static Node of(URI uri) {
    Address address = Address.of(uri);
    if (!address.scheme().equals("http")) {
      throw new IllegalArgumentException(
          "'%s' speaks TLS, which the instruments do not: measure the server in clear text"
              .formatted(uri));
    }
    return new Node(address);
  }

  /// The address of `path` on it.
  public URI uri(String scheme, String path) {
    return address.uri(scheme, path);
  }

  FullHttpRequest get(String path) {
    var request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.GET, path, Unpooled.EMPTY_BUFFER);
    request.headers().set(HttpHeaderNames.HOST, address.authority());
    return request;
  }

  /// The update of `task`, or of the one that needs no name.
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
