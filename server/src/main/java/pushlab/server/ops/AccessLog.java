package pushlab.server.ops;

import static java.util.stream.Collectors.joining;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.spi.ServerConnection;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pushlab.server.http.JsonText;
import pushlab.server.net.websocket.Upgrades;

/// Writes one line of JSON for each request when it has ended: for a held request when it is
/// answered, for an event stream or a WebSocket when it is closed. A line has no headers, so no
/// bearer token. The value of a query parameter whose name ends with `token` is left out.
public final class AccessLog implements Filter, Upgrades, AutoCloseable {

  /// The end of the name of such a parameter.
  private static final String TOKEN = "token";

  private final LineWriter lines;

  /// Writes to the end of `file`, and creates it if it is not there. Writes to the standard output
  /// if `file` is `-`.
  ///
  /// @throws IllegalStateException if it cannot be written; the message names the option and says
  ///     why
  public AccessLog(String file) {
    this.lines = LineWriter.to("--access-log", file);
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    var access = new Access(request.remotePeer(), request.prologue());
    try {
      chain.proceed();
    } finally {
      long bytes = response.bytesWritten();
      boolean answered = response.isSent() || bytes > 0;
      access.log(answered ? response.status().code() : null, bytes);
    }
  }

  @Override
  public ServerConnection upgraded(
      ConnectionContext connection, HttpPrologue request, ServerConnection webSocket) {
    return new Upgraded(new Access(connection.remotePeer(), request), webSocket);
  }

  /// Returns when all lines are written.
  @Override
  public void close() {
    lines.close();
  }

  /// One request.
  private final class Access {

    private final PeerInfo client;
    private final HttpPrologue request;
    private final long began = System.nanoTime();

    private Access(PeerInfo client, HttpPrologue request) {
      this.client = client;
      this.request = request;
    }

    /// The request has ended.
    ///
    /// @param status null if the client went away before the answer
    private void log(@Nullable Integer status, @Nullable Long bytes) {
      Instant now = Instant.now();
      long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
      lines.write(line(now, millis, status, bytes));
    }

    private String line(Instant time, long millis, @Nullable Integer status, @Nullable Long bytes) {
      var line =
          JsonText.OBJECTS
              .createObjectBuilder()
              .add("time", LogLine.time(time))
              .add("client", address())
              .add("method", request.method().text())
              .add("path", path())
              .add("protocol", request.protocol() + "/" + request.protocolVersion());
      if (status != null) {
        line.add("status", status);
      }
      if (bytes != null) {
        line.add("bytes", bytes);
      }
      return line.add("ms", millis).build().toString();
    }

    private String address() {
      return client.address() instanceof InetSocketAddress address
          ? address.getAddress().getHostAddress()
          : client.address().toString();
    }

    private String path() {
      String query = request.query().rawValue();
      return request.uriPath().rawPath() + (query.isEmpty() ? "" : "?" + withoutTokens(query));
    }

    private static String withoutTokens(String query) {
      return Arrays.stream(query.split("&", -1))
          .map(pair -> isToken(pair) ? pair.substring(0, pair.indexOf('=')) + "=***" : pair)
          .collect(joining("&"));
    }

    private static boolean isToken(String pair) {
      int end = pair.indexOf('=');
      return end >= TOKEN.length()
          && pair.regionMatches(true, end - TOKEN.length(), TOKEN, 0, TOKEN.length());
    }
  }

  private record Upgraded(Access access, ServerConnection webSocket) implements ServerConnection {

    @Override
    public void handle(Limit limit) throws InterruptedException {
      try {
        webSocket.handle(limit);
      } finally {
        access.log(101, null);
      }
    }

    @Override
    public Duration idleTime() {
      return webSocket.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      webSocket.close(interrupt);
    }
  }
}
