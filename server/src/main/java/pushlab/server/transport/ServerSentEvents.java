package pushlab.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;
import pushlab.server.state.Tasks;
import pushlab.server.state.VersionedState;

/// Server-sent events: the client asks once, and the answer never ends.
///
/// `GET /events` answers 200 with an event stream (HTML standard, section 9.2): an event a version,
/// and a comment as heartbeat while there is none. A client that comes back goes on from its
/// `Last-Event-ID`.
public final class ServerSentEvents implements HttpService {

  private static final String PATH = "/events";
  private static final byte[] HEARTBEAT = ": heartbeat\n\n".getBytes(UTF_8);
  private static final Header EVENT_STREAM =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream");

  private final Tasks tasks;
  private final Deliveries deliveries;
  private final Duration heartbeat;

  /// Streams on which at most `heartbeat` passes in silence.
  public ServerSentEvents(Tasks tasks, Deliveries deliveries, Duration heartbeat) {
    this.tasks = tasks;
    this.deliveries = deliveries;
    this.heartbeat = heartbeat;
  }

  @Override
  public void routing(HttpRules rules) {
    Get.route(rules, PATH, this::answer);
  }

  private void answer(ServerRequest request, ServerResponse response) throws IOException {
    VersionedState state = Wire.state(tasks, request.query());
    Position seen = lastEvent(request);
    begin(request.headers(), response, state);
    if (Get.isHead(request)) {
      response.send();
      return;
    }
    // The first answer is given at once, be it a heartbeat: the client learns that it is connected.
    Duration patience = Duration.ZERO;

    try (var reader = deliveries.admit();
        OutputStream stream = response.outputStream()) {
      while (!state.isClosed()) {
        Optional<Snapshot> newer = state.awaitNewer(seen, patience);
        emit(stream, newer.map(Wire::event).orElse(HEARTBEAT));
        if (newer.isPresent()) {
          reader.took(newer.get(), seen);
          seen = Wire.position(newer.get());
        }
        patience = heartbeat;
      }
    } catch (InterruptedException e) {
      throw Wire.gone(e);
    }
  }

  private static void begin(
      ServerRequestHeaders headers, ServerResponse response, VersionedState state) {
    if (!headers.isAccepted(MediaTypes.TEXT_EVENT_STREAM)) {
      throw new Problem(
          Status.NOT_ACCEPTABLE_406, "Accept: " + PATH + " answers text/event-stream only");
    }
    response.header(EVENT_STREAM);
    response.header(Wire.NO_STORE);
    Wire.tellIfStale(response, state.lostSince());
  }

  /// Written by hand: Helidon 4.3.1's own sink fails on an event without data, as a comment is.
  private static void emit(OutputStream stream, byte[] event) {
    Wire.send(
        () -> {
          stream.write(event);
          stream.flush();
        });
  }

  private static Position lastEvent(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.create("Last-Event-ID"))
        .map(Wire::seenByTag)
        .orElseGet(() -> Wire.seen(request.query()));
  }
}
