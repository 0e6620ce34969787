package pushlab.server.admin;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import pushlab.server.http.Fields;
import pushlab.server.http.GivenUp;
import pushlab.server.http.Problem;
import pushlab.server.state.Snapshot;
import pushlab.server.state.Tasks;
import pushlab.server.transport.Wire;

/// `POST /update-status` sets the status of a task and answers with the new snapshot.
///
/// The status comes as a field of a JSON object, as a form field or as a query parameter. So does
/// the task, unless it is the default one.
public final class UpdateStatus implements HttpService {

  /// The longest status, in characters (Unicode code points).
  public static final int LONGEST_STATUS = 256;

  private static final String PATH = "/update-status";

  private final Tasks tasks;
  private final UpdateToken token;
  private final GivenUp givenUp;
  private final LongAdder made = new LongAdder();

  /// Updates of `tasks` by clients that send `token`.
  public UpdateStatus(Tasks tasks, UpdateToken token, GivenUp givenUp) {
    this.tasks = tasks;
    this.token = token;
    this.givenUp = givenUp;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.post(PATH, this::update).any(PATH, Problem.only("POST"));
  }

  private void update(ServerRequest request, ServerResponse response) {
    token.check(request.headers());
    Function<String, Optional<String>> given = Fields.of(request, givenUp);
    String status = status(given.apply("status"));
    String task = Wire.taskName(given.apply("task").orElse(Tasks.DEFAULT));
    Snapshot updated =
        tasks
            .update(task, status)
            .orElseThrow(
                () ->
                    new Problem(
                        Status.TOO_MANY_REQUESTS_429,
                        "task: there are %d tasks already, and no more are accepted"
                            .formatted(tasks.all().size())));
    made.increment();
    Wire.send(request, response, updated);
  }

  /// How many updates have been made.
  public long made() {
    return made.sum();
  }

  private static String status(Optional<String> given) {
    String status =
        given.orElseThrow(
            () ->
                Problem.badRequest(
                    "status",
                    "is missing; it comes as a field of a JSON body with Content-Type:"
                        + " application/json, as a form field or as a query parameter"));
    int length = status.codePointCount(0, status.length());
    if (length < 1 || length > LONGEST_STATUS) {
      throw Problem.badRequest(
          "status", "must be 1 to %d characters, not %d".formatted(LONGEST_STATUS, length));
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(status)) {
      throw Problem.badRequest("status", "has half a surrogate pair, which is no character");
    }
    return status;
  }
}
