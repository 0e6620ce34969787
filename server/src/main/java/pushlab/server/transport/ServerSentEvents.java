package pushlab.server.transport;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
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
  private static final SseEvent HEARTBEAT = SseEvent.builder().comment(" heartbeat").build();

  private final Tasks tasks;
  private final Readers readers;
  private final Duration heartbeat;

  /// Streams on which at most `heartbeat` passes in silence.
  public ServerSentEvents(Tasks tasks, Readers readers, Duration heartbeat) {
    this.tasks = tasks;
    this.readers = readers;
    this.heartbeat = heartbeat;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(PATH, this::answer).any(PATH, Problem.only("GET"));
  }

  private void answer(ServerRequest request, ServerResponse response) throws InterruptedException {
    VersionedState state = Wire.state(tasks, request.query());
    Position seen = lastEvent(request);

    try (var _ = readers.admit();
        SseSink stream = open(request.headers(), response)) {
      while (!state.isClosed()) {
        Optional<Snapshot> newer = state.awaitNewer(seen, heartbeat);
        stream.emit(newer.map(ServerSentEvents::event).orElse(HEARTBEAT));
        seen = newer.map(Wire::position).orElse(seen);
      }
    }
  }

  private static SseSink open(ServerRequestHeaders headers, ServerResponse response) {
    if (!headers.isAccepted(MediaTypes.TEXT_EVENT_STREAM)) {
      throw new Problem(
          Status.NOT_ACCEPTABLE_406, "Accept: " + PATH + " answers text/event-stream only");
    }
    response.header(HeaderValues.CONNECTION_CLOSE);
    return response.sink(SseSink.TYPE);
  }

  private static SseEvent event(Snapshot snapshot) {
    return SseEvent.builder().id(Wire.tag(snapshot)).data(Wire.json(snapshot)).build();
  }

  private static Position lastEvent(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.create("Last-Event-ID"))
        .map(Wire::seenByTag)
        .orElseGet(() -> Wire.seen(request.query()));
  }
}
