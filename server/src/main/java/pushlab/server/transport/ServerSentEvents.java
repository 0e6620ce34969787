package pushlab.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.OutputStream;
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

/// Server-sent events: the client asks once, and the answer never ends.
///
/// `GET /events` answers 200 with an event stream (HTML standard, section 9.2): an event a version,
/// and a comment as heartbeat while there is none. A client that comes back goes on from its
/// `Last-Event-ID`, or from `lastEventId` in its query.
///
/// Clients differ in what they make of the rest, so all streams keep to these rules:
/// - `data` comes before `id`: an event that is cut between the two is not taken for seen.
/// - A stream begins with `retry`, 2 to 5 s at random, which the first event's empty line ends.
/// - A comment has no empty line after it, which some take for an empty message.
/// - HTTP/1.1 cuts a stream that is over instead of ending it: some return after a cut only.
public final class ServerSentEvents implements HttpService {

  private static final String PATH = "/events";
  private static final byte[] NOTHING = {};
  private static final byte[] HEARTBEAT = ": heartbeat\n".getBytes(UTF_8);
  private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
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

  private void answer(ServerRequest request, ServerResponse response) {
    VersionedState state = Wire.state(tasks, request.query());
    Position seen = lastEvent(request);
    begin(request.headers(), response, state);
    if (Get.isHead(request)) {
      response.send();
      return;
    }
    // The first answer is given at once, be it a heartbeat: the client learns that it is connected.
    Duration patience = Duration.ZERO;
    byte[] before = retry(2_000, 5_000);
    OutputStream stream;

    try (var reader = deliveries.admit()) {
      stream = response.outputStream();
      do {
        Optional<Snapshot> newer = state.awaitNewer(seen, patience);
        emit(stream, before, newer.map(Wire::event).orElse(HEARTBEAT));
        if (newer.isPresent()) {
          reader.took(newer.get(), seen);
          seen = Wire.position(newer.get());
        }
        before = NOTHING;
        patience = heartbeat;
      } while (!state.isClosed());
    } catch (InterruptedException e) {
      throw Answers.clientGone(e);
    } catch (Problem full) {
      if (!isEventSource(request.headers())) {
        throw full;
      }
      stream = response.outputStream();
      emit(stream, retry(5_000, 10_000), (": " + full.detail() + "\n").getBytes(UTF_8));
    }
    end(request, stream);
  }

  private static void begin(
      ServerRequestHeaders headers, ServerResponse response, VersionedState state) {
    if (!headers.isAccepted(MediaTypes.TEXT_EVENT_STREAM)) {
      throw new Problem(
          Status.NOT_ACCEPTABLE_406, "Accept: " + PATH + " answers text/event-stream only");
    }
    response.header(EVENT_STREAM);
    response.header(Answers.NO_STORE);
    Wire.tellIfStale(response, state.lostSince());
  }

  /// Whether the client says by name that it reads event streams. Those do, and take a 503 for the
  /// end: a browser never comes back.
  private static boolean isEventSource(ServerRequestHeaders headers) {
    return headers.first(HeaderNames.ACCEPT).orElse("").contains("text/event-stream");
  }

  private static byte[] retry(int leastMillis, int mostMillis) {
    int millis = ThreadLocalRandom.current().nextInt(leastMillis, mostMillis + 1);
    return ("retry: " + millis + "\n").getBytes(UTF_8);
  }

  /// Written by hand: Helidon 4.3.1's own sink fails on an event without data, as a comment is.
  private static void emit(OutputStream stream, byte[] before, byte[] event) {
    Answers.write(
        () -> {
          stream.write(before);
          stream.write(event);
          stream.flush();
        });
  }

  /// By HTTP/2 there is nothing to cut: other streams share the connection.
  private static void end(ServerRequest request, OutputStream stream) {
    if (!Answers.isHttp2(request)) {
      throw new CloseConnectionException("the stream is cut");
    }
    Answers.write(stream::close);
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
