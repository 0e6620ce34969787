package pushlab.bench.watch;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One of the servers that share the state which is measured.
public record Node(String host, int port) {

  /// The server at `address`, of which scheme, host and port count.
  ///
  /// @throws IllegalArgumentException if that is no `http` address
  static Node of(URI address) {
    if ("https".equals(address.getScheme())) {
      throw new IllegalArgumentException(
          "'%s' speaks TLS, which the instruments do not: measure the server in clear text"
              .formatted(address));
    }
    if (!"http".equals(address.getScheme()) || address.getHost() == null) {
      throw new IllegalArgumentException(
          "'%s' is no address such as http://127.0.0.1:8080".formatted(address));
    }
    return new Node(address.getHost(), address.getPort() < 0 ? 80 : address.getPort());
  }

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(host, port);
  }

  /// Its port, if it is on this machine.
  public Optional<Integer> localPort() {
    InetAddress address = socketAddress().getAddress();
    return address != null && address.isLoopbackAddress() ? Optional.of(port) : Optional.empty();
  }

  /// The address of `path` on it.
  public URI uri(String scheme, String path) {
    return URI.create("%s://%s:%d%s".formatted(scheme, host, port, path));
  }

  FullHttpRequest get(String path) {
    var request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.GET, path, Unpooled.EMPTY_BUFFER);
    request.headers().set(HttpHeaderNames.HOST, host + ":" + port);
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
        .set(HttpHeaderNames.HOST, host + ":" + port)
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    return request;
  }

  @Override
  public String toString() {
    return uri("http", "").toString();
  }
}
