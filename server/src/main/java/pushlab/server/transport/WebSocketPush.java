package pushlab.server.transport;

import static java.util.Objects.requireNonNull;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsCloseCodes;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.helidon.websocket.WsUpgradeException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;
import pushlab.server.state.Tasks;
import pushlab.server.state.VersionedState;

/// WebSocket (RFC 6455): the client asks once, and from then on both sides may speak at any time.
///
/// `GET /ws` upgrades the connection; the server sends a text frame a version, and a ping as
/// heartbeat while there is none. A client that comes back goes on from the `last_version` and
/// `epoch` of its query.
public final class WebSocketPush implements HttpService {

  private static final String PATH = "/ws";

  private final Tasks tasks;
  private final Deliveries deliveries;
  private final Duration heartbeat;

  /// Connections on which at most `heartbeat` passes in silence.
  public WebSocketPush(Tasks tasks, Deliveries deliveries, Duration heartbeat) {
    this.tasks = tasks;
    this.deliveries = deliveries;
    this.heartbeat = heartbeat;
  }

  /// The routes of those that do upgrade; [#routing] has those that do not.
  public WsRouting.Builder upgrades() {
    return WsRouting.builder().endpoint(PATH, Connection::new);
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(PATH, this::answer).any(PATH, Problem.only("GET"));
  }

  private void answer(ServerRequest request, ServerResponse response) {
    Wire.state(tasks, request.query());
    Wire.seen(request.query());
    var problem =
        new Problem(
            Status.UPGRADE_REQUIRED_426,
            PATH + " speaks WebSocket (RFC 6455, version 13) only, by HTTP/1.1");
    throw Wire.isHttp2(request) ? problem : problem.with("Upgrade", "websocket");
  }

  /// One client. Helidon's thread reads what the client sends; a thread of ours pushes. Both may
  /// want to send at once, which Helidon leaves to us to prevent.
  private final class Connection implements WsListener {

    private final ReentrantLock sending = new ReentrantLock();
    private boolean closing;
    private @Nullable UriQuery query;

    @Override
    public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers)
        throws WsUpgradeException {
      try {
        Wire.state(tasks, prologue.query());
        Wire.seen(prologue.query());
      } catch (Problem problem) {
        throw new WsUpgradeException(problem.detail());
      }
      query = prologue.query();
      return Optional.empty();
    }

    @Override
    public void onOpen(WsSession session) {
      VersionedState state = Wire.state(tasks, requireNonNull(query));
      Position seen = Wire.seen(query);
      Thread pushing = Thread.startVirtualThread(() -> push(session, state, seen));
      ((Lifetime) session.socketContext()).whenOver(pushing::interrupt);
    }

    private void push(WsSession session, VersionedState state, Position from) {
      DataWriter out = ((ConnectionContext) session.socketContext()).dataWriter();
      Position seen = from;
      try (var reader = deliveries.admit()) {
        while (!state.isClosed()) {
          Optional<Snapshot> newer = state.awaitNewer(seen, heartbeat);
          write(out, newer.map(Wire::frame).orElse(Frame.PING));
          if (newer.isPresent()) {
            reader.took(newer.get(), seen);
            seen = Wire.position(newer.get());
          }
        }
        send(() -> session.close(WsCloseCodes.GOING_AWAY, "the server is stopping"));
      } catch (Problem full) {
        send(() -> session.close(WsCloseCodes.TRY_AGAIN_LATER, full.detail()));
      } catch (InterruptedException | UncheckedIOException | CloseConnectionException _) {
        // The client has gone.
      }
    }

    /// Past Helidon, whose buffer for frames is its own thread's: it closes by itself, unlocked, on
    /// what it cannot read.
    private void write(DataWriter out, byte[] frame) {
      send(() -> out.writeNow(BufferData.create(frame)));
    }

    @Override
    public void onPing(WsSession session, BufferData payload) {
      send(() -> session.pong(payload));
    }

    @Override
    public void onClose(WsSession session, int status, String reason) {
      // Helidon answers the close as soon as this returns: nothing may be sent from here on.
      send(() -> closing = true);
    }

    /// Helidon would go on to tell the client by 1011 what went wrong in here.
    @Override
    public void onError(WsSession session, Throwable error) {
      throw new IllegalArgumentException("a frame that cannot be handled", error);
    }

    private void send(Runnable frame) {
      sending.lock();
      try {
        if (!closing) {
          frame.run();
        }
      } finally {
        sending.unlock();
      }
    }
  }
}
