package pushlab.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;
import pushlab.server.http.Answers;
import pushlab.server.http.Get;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;
import pushlab.server.state.Tasks;
import pushlab.server.state.VersionedState;

/// NDJSON stream: the client asks once, and the answer stays open until the server stops.
///
/// `GET /stream` answers 200 with newline-delimited JSON: one line for each version, and an empty
/// line as heartbeat while there is no newer version. A client that returns continues after the
/// `last_version` and `epoch` of its query.
public final class NdjsonStream implements HttpService {

  private static final String PATH = "/stream";
  private static final byte[] HEARTBEAT = "\n".getBytes(UTF_8);
  private static final byte[] HEARTBEAT_CHUNK = StreamedAnswer.chunk(HEARTBEAT);
  private static final Header NDJSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/x-ndjson");

  private final Tasks tasks;
  private final Deliveries deliveries;
  private final Duration heartbeat;
  private final HeldStream.Form asData;

  /// Streams that send something, if only a heartbeat, at least every `heartbeat`.
  public NdjsonStream(Tasks tasks, Deliveries deliveries, Duration heartbeat) {
    this.tasks = tasks;
    this.deliveries = deliveries;
    this.heartbeat = heartbeat;
    this.asData =
        new HeldStream.Form(newer -> newer.map(Wire::lineChunk).orElse(HEARTBEAT_CHUNK), heartbeat);
  }

  @Override
  public void routing(HttpRules rules) {
    Get.route(rules, PATH, this::answer);
  }

  private void answer(ServerRequest request, ServerResponse response) {
    VersionedState state = Wire.state(tasks, request.query());
    Position seen = Wire.seen(request.query());
    StreamedAnswer.setHeaders(response, NDJSON, state);
    if (Get.isHead(request)) {
      response.send();
      return;
    }
    // The first line is sent at once, even if it is a heartbeat: it tells the client that it is
    // connected.
    Duration patience = Duration.ZERO;

    try (var subscriber = deliveries.admit()) {
      var stream = new StreamedAnswer(request, response);
      do {
        Optional<Snapshot> newer = state.awaitNewer(seen, patience);
        stream.send(newer.map(Wire::line).orElse(HEARTBEAT));
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
    }
  }
}
