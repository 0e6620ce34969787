package pushlab.server.transport;

import io.helidon.common.uri.UriQuery;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;
import pushlab.server.http.Answers;
import pushlab.server.http.Get;
import pushlab.server.http.Problem;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;
import pushlab.server.state.Tasks;
import pushlab.server.state.VersionedState;

/// WebSocket (RFC 6455): the client asks once, and from then on both sides may send at any time.
///
/// `GET /ws` upgrades the connection. The server sends a text frame for each version, and a ping as
/// heartbeat. Pings are sent at fixed intervals, whether or not versions are sent, because only the
/// pong shows that the client is still there. A client that returns continues after the
/// `last_version` and `epoch` in its query.
public final class WebSocketPush implements HttpService {

  private static final String PATH = "/ws";

  /// The server stops, and clients return (IANA's registry of RFC 6455, section 11.7).
  private static final int SERVICE_RESTART = 1012;

  /// The server is full, and clients return later (the same registry).
  private static final int TRY_AGAIN_LATER = 1013;

  private final Tasks tasks;
  private final Deliveries deliveries;
  private final Duration heartbeat;

  /// Connections with a ping every `heartbeat`.
  public WebSocketPush(Tasks tasks, Deliveries deliveries, Duration heartbeat) {
    this.tasks = tasks;
    this.deliveries = deliveries;
    this.heartbeat = heartbeat;
  }

  @Override
  public void routing(HttpRules rules) {
    Get.route(rules, PATH, this::answer);
  }

  /// Whether a request is to be upgraded. If not, the route answers it and says why.
  public boolean upgrades(HttpPrologue request, Headers headers) {
    if (!request.method().equals(Method.GET) || !request.uriPath().path().equals(PATH)) {
      return false;
    }
    try {
      check(request.query());
      OpeningHandshake.check(headers);
      return true;
    } catch (Problem _) {
      return false;
    }
  }

  private void answer(ServerRequest request, ServerResponse response) {
    check(request.query());
    if (Answers.isHttp2(request)) {
      throw new Problem(Status.UPGRADE_REQUIRED_426, PATH + " speaks WebSocket by HTTP/1.1 only");
    }
    OpeningHandshake.check(request.headers());
    throw new Problem(Status.BAD_REQUEST_400, PATH + " upgrades a request without a body only");
  }

  private void check(UriQuery query) {
    Wire.state(tasks, query);
    Wire.seen(query);
  }

  /// Pushes to the client that asked by `query`, until the server stops.
  ///
  /// @throws InterruptedException if the thread was interrupted because the client has gone
  public void push(Socket socket, UriQuery query) throws InterruptedException {
    try (var subscriber = deliveries.admit()) {
      push(socket, Wire.state(tasks, query), Wire.seen(query), subscriber);
    } catch (Problem full) {
      socket.close(TRY_AGAIN_LATER, full.detail());
    }
  }

  /// Pushes to `subscriber`, which is at `seen`.
  void push(Socket socket, VersionedState state, Position seen, Deliveries.Subscriber subscriber)
      throws InterruptedException {
    long pingAt = nextPing();
    while (!state.isClosed()) {
      Duration patience = Duration.ofNanos(pingAt - System.nanoTime());
      Optional<Snapshot> newer = state.awaitNewer(seen, patience);
      if (newer.isPresent()) {
        socket.send(Wire.frame(newer.get()));
        subscriber.took(newer.get(), seen);
        seen = Wire.position(newer.get());
      }
      if (System.nanoTime() - pingAt >= 0) {
        socket.send(Frame.PING);
        pingAt = nextPing();
      }
    }
    socket.close(SERVICE_RESTART, "the server is stopping");
  }

  /// When the next ping is to be sent, as [System#nanoTime] counts.
  long nextPing() {
    return System.nanoTime() + heartbeat.toNanos();
  }

  /// Lets the client that asked by `query` wait as data.
  ///
  /// @return empty if subscribers wait in threads, or this one has to
  public Optional<AsData> asData(UriQuery query) {
    VersionedState state = Wire.state(tasks, query);
    Position seen = Wire.seen(query);
    try {
      var subscriber = deliveries.admit();
      if (subscriber.waitsAsData() && !state.current().isBehind(seen)) {
        return Optional.of(
            new AsData(
                (_, woken) -> Optional.of(new HeldSocket(this, state, seen, subscriber, woken))));
      }
      subscriber.close();
    } catch (Problem _) {
      // The thread closes the WebSocket, and says that the server is full.
    }
    return Optional.empty();
  }
}
