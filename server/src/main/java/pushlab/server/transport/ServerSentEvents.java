package pushlab.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import pushlab.server.http.Answers;
import pushlab.server.http.Get;
import pushlab.server.http.Problem;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;
import pushlab.server.state.Tasks;
import pushlab.server.state.VersionedState;

/// Server-sent events: the client asks once, and the answer stays open until the server stops.
///
/// `GET /events` answers 200 with an event stream (HTML standard, section 9.2): one event for each
/// version, and a comment as heartbeat while there is no newer version. A client that returns
/// continues after its `Last-Event-ID`, else after the `lastEventId` of its query, else after the
/// `last_version` and `epoch` of its query.
///
/// Clients differ in how they read a stream. These rules suit all of them:
/// - `data` comes before `id`: an event that is cut between the two does not count as seen.
/// - A stream begins with `retry`, 2 to 5 s at random. The empty line of the first event ends it.
/// - A comment has no empty line after it, because some clients report that as an empty message.
public final class ServerSentEvents implements HttpService {

  private static final String PATH = "/events";
  private static final byte[] HEARTBEAT = ": heartbeat\n".getBytes(UTF_8);
  private static final byte[] HEARTBEAT_CHUNK = StreamedAnswer.chunk(HEARTBEAT);
  private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
  private static final Header EVENT_STREAM =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream");

  private final Tasks tasks;
  private final Deliveries deliveries;
  private final Duration heartbeat;
  private final HeldStream.Form asData;

  /// Streams that send something, if only a heartbeat, at least every `heartbeat`.
  public ServerSentEvents(Tasks tasks, Deliveries deliveries, Duration heartbeat) {
    this.tasks = tasks;
    this.deliveries = deliveries;
    this.heartbeat = heartbeat;
    this.asData =
        new HeldStream.Form(
            newer -> newer.map(Wire::eventChunk).orElse(HEARTBEAT_CHUNK), heartbeat);
  }

  @Override
  public void routing(HttpRules rules) {
    Get.route(rules, PATH, this::answer);
  }

  private void answer(ServerRequest request, ServerResponse response) {
    VersionedState state = Wire.state(tasks, request.query());
    Position seen = lastEvent(request);
    checkAccepted(request.headers());
    StreamedAnswer.setHeaders(response, EVENT_STREAM, state);
    if (Get.isHead(request)) {
      response.send();
      return;
    }
    // The first answer is sent at once, even if it is a heartbeat: it tells the client that it is
    // connected.
    Duration patience = Duration.ZERO;

    try (var subscriber = deliveries.admit()) {
      var stream = new StreamedAnswer(request, response);
      stream.write(retry());
      do {
        Optional<Snapshot> newer = state.awaitNewer(seen, patience);
        stream.send(newer.map(Wire::event).orElse(HEARTBEAT));
        if (newer.isPresent()) {
          subscriber.took(newer.get(), seen);
          seen = Wire.position(newer.get());
        }
        stream.goOnAsData(asData, state, seen, subscriber);
        patience = heartbeat;
      } while (!state.isClosed());
      stream.end();
    } catch (InterruptedException e) {
      throw Answers.clientGone(e);
    } catch (Problem full) {
      refuse(request, response, full);
    }
  }

  private static void checkAccepted(ServerRequestHeaders headers) {
    if (!headers.isAccepted(MediaTypes.TEXT_EVENT_STREAM)) {
      throw new Problem(
          Status.NOT_ACCEPTABLE_406, "Accept: " + PATH + " answers text/event-stream only");
    }
  }

  private static void refuse(ServerRequest request, ServerResponse response, Problem full) {
    if (!RefusedStream.isFor(request.headers().first(HeaderNames.ACCEPT).orElse(""))) {
      throw full;
    }
    var stream = new StreamedAnswer(request, response);
    stream.send(RefusedStream.of(full));
    stream.end();
  }

  private static byte[] retry() {
    int millis = ThreadLocalRandom.current().nextInt(2_000, 5_001);
    return ("retry: " + millis + "\n").getBytes(UTF_8);
  }

  private static Position lastEvent(ServerRequest request) {
    return request
        .headers()
        .first(LAST_EVENT_ID)
        .filter(id -> !id.isEmpty())
        .or(() -> Wire.single(request.query(), "lastEventId").filter(id -> !id.isEmpty()))
        .map(Wire::seenByTag)
        .orElseGet(() -> Wire.seen(request.query()));
  }
}
