package pushlab.server.transport;

import io.helidon.http.Header;
import io.helidon.http.Status;
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

/// Long polling: the client asks, and the server holds the request until it has news.
///
/// `GET /poll-status?last_version=N` answers 200 with the snapshot: at once if the client is
/// behind, else at the moment of the next update. If there is no update within the hold, it answers
/// 204, and the client asks again (RFC 6202, section 2). The 204, and every answer to HEAD, say how
/// long this server holds a request.
public final class LongPolling implements HttpService {

  private static final String PATH = "/poll-status";

  private final Tasks tasks;
  private final Deliveries deliveries;
  private final Duration hold;
  private final HoldSpread spread;
  private final Header pollHold;

  /// Long polling that holds a request for `hold`, unless the request asks for another time by
  /// `wait`. Each of these times is shortened by `spread`.
  public LongPolling(Tasks tasks, Deliveries deliveries, Duration hold, HoldSpread spread) {
    this.tasks = tasks;
    this.deliveries = deliveries;
    this.hold = hold;
    this.spread = spread;
    this.pollHold = Wire.pollHold(hold);
  }

  @Override
  public void routing(HttpRules rules) {
    Get.route(rules, PATH, this::answer);
  }

  private void answer(ServerRequest request, ServerResponse response) {
    VersionedState state = Wire.state(tasks, request.query());
    Position seen = Wire.seen(request.query());
    Duration patience = Wire.patience(request, hold);

    var subscriber = deliveries.admit();
    Optional<Snapshot> newer;
    try (subscriber) {
      newer = state.awaitNewer(seen, spread.of(patience));
    } catch (InterruptedException e) {
      throw Answers.clientGone(e);
    }

    if (newer.isEmpty() || Get.isHead(request)) {
      response.header(pollHold);
    }
    newer.ifPresentOrElse(
        snapshot -> {
          if (Wire.send(request, response, state, snapshot)) {
            subscriber.took(snapshot, seen);
          }
        },
        () -> Wire.sendNothing(response, Status.NO_CONTENT_204, state, seen));
  }
}
