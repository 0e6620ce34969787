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
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pushlab.server.http.JsonText;
import pushlab.server.net.websocket.Upgrades;
import pushlab.server.transport.Answered;
import pushlab.server.transport.AsData;

/// Writes one line of JSON for each request when it has ended: for a held request when it is
/// answered, for an event stream or a WebSocket when it is closed. A line has no headers, so no
/// bearer token. The value of a query parameter whose name ends with `token` is left out.
public final class AccessLog implements Filter, Upgrades, Answered, AutoCloseable {

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
    var access = Access.of(request.remotePeer(), request.prologue());
    boolean goesOn = false;
    try {
      chain.proceed();
    } catch (AsData data) {
      goesOn = true;
      data.whenEnded(more -> log(access, response, more));
      throw data;
    } finally {
      if (!goesOn) {
        log(access, response, 0);
      }
    }
  }

  /// @param more how many bytes were written without `response`
  private void log(Access access, RoutingResponse response, long more) {
    long bytes = response.bytesWritten() + more;
    boolean answered = response.isSent() || bytes > 0;
    log(access, answered ? response.status().code() : null, bytes);
  }

  @Override
  public ServerConnection upgraded(
      ConnectionContext connection, HttpPrologue request, ServerConnection webSocket) {
    Access access = Access.of(connection.remotePeer(), request);
    return new Upgraded(webSocket, () -> log(access, 101, null));
  }

  @Override
  public void answered(
      SocketAddress client, String target, long began, @Nullable Integer status, long bytes) {
    log(new Access(client, "GET", target, "HTTP/1.1", began), status, bytes);
  }

  /// Returns when all lines are written.
  @Override
  public void close() {
    lines.close();
  }

  /// The request has ended.
  ///
  /// @param status null if the client went away before the answer
  private void log(Access access, @Nullable Integer status, @Nullable Long bytes) {
    var line =
        JsonText.OBJECTS
            .createObjectBuilder()
            .add("time", LogLine.time(Instant.now()))
            .add("client", access.address())
            .add("method", access.method)
            .add("path", withoutTokens(access.target))
            .add("protocol", access.protocol);
    if (status != null) {
      line.add("status", status);
    }
    if (bytes != null) {
      line.add("bytes", bytes);
    }
    long millis = Duration.ofNanos(System.nanoTime() - access.began).toMillis();
    lines.write(line.add("ms", millis).build().toString());
  }

  private static String withoutTokens(String target) {
    int query = target.indexOf('?') + 1;
    return query == 0
        ? target
        : target.substring(0, query)
            + Arrays.stream(target.substring(query).split("&", -1))
                .map(pair -> isToken(pair) ? pair.substring(0, pair.indexOf('=')) + "=***" : pair)
                .collect(joining("&"));
  }

  private static boolean isToken(String pair) {
    int end = pair.indexOf('=');
    return end >= TOKEN.length()
        && pair.regionMatches(true, end - TOKEN.length(), TOKEN, 0, TOKEN.length());
  }

  /// One request.
  ///
  /// @param target its path and query
  /// @param began when it arrived, as [System#nanoTime] counts
  private record Access(
      SocketAddress client, String method, String target, String protocol, long began) {

    private static Access of(PeerInfo client, HttpPrologue request) {
      String query = request.query().rawValue();
      return new Access(
          client.address(),
          request.method().text(),
          request.uriPath().rawPath() + (query.isEmpty() ? "" : "?" + query),
          request.protocol() + "/" + request.protocolVersion(),
          System.nanoTime());
    }

    private String address() {
      return client instanceof InetSocketAddress address
          ? address.getAddress().getHostAddress()
          : client.toString();
    }
  }

  private record Upgraded(ServerConnection webSocket, Runnable ended) implements ServerConnection {

    @Override
    public void handle(Limit limit) throws InterruptedException {
      boolean goesOn = false;
      try {
        webSocket.handle(limit);
      } catch (AsData data) {
        goesOn = true;
        data.whenEnded(_ -> ended.run());
        throw data;
      } finally {
        if (!goesOn) {
          ended.run();
        }
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
