package pushlab.server.transport;

import static java.util.Comparator.comparingLong;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import pushlab.server.http.Get;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;
import pushlab.server.state.Tasks;
import pushlab.server.state.VersionedState;

/// Short polling: the client asks at its own interval, and the server answers at once.
///
/// `GET /status` answers 200 with the snapshot, or 304 if the client's `If-None-Match` names it
/// (RFC 9110, section 13.1.2).
public final class ShortPolling implements HttpService {

  private static final String PATH = "/status";

  private final Tasks tasks;
  private final Deliveries deliveries;

  public ShortPolling(Tasks tasks, Deliveries deliveries) {
    this.tasks = tasks;
    this.deliveries = deliveries;
  }

  @Override
  public void routing(HttpRules rules) {
    Get.route(rules, PATH, this::answer);
  }

  private void answer(ServerRequest request, ServerResponse response) throws InterruptedException {
    VersionedState state = Wire.state(tasks, request.query());
    Position seen = ifNoneMatch(request, state.current());

    Optional<Snapshot> newer = state.awaitNewer(seen, Duration.ZERO);

    newer.ifPresentOrElse(
        snapshot -> {
          if (Wire.send(request, response, state, snapshot)) {
            deliveries.add(snapshot, seen);
          }
        },
        () -> Wire.sendNothing(response, Status.NOT_MODIFIED_304, state, seen));
  }

  /// The position of a client that has copies with these tags. It is the current version if one of
  /// the tags names it, else the latest version that they name.
  private static Position ifNoneMatch(ServerRequest request, Snapshot current) {
    List<Position> copies =
        request.headers().values(HeaderNames.IF_NONE_MATCH).stream()
            .flatMap(list -> Arrays.stream(list.split(",")))
            .map(tag -> tag.strip().replaceFirst("^W/", "").replace("\"", ""))
            .map(tag -> tag.equals("*") ? Wire.position(current) : Wire.seenByTag(tag))
            .filter(copy -> current.epoch().equals(copy.epoch()))
            .toList();
    return copies.stream()
        .filter(copy -> !current.isNewsTo(copy))
        .findFirst()
        .or(() -> copies.stream().max(comparingLong(Position::version)))
        .orElse(Position.NOTHING);
  }
}
