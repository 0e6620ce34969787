package pushlab.server.ops;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import pushlab.server.http.Get;
import pushlab.server.state.Snapshot;
import pushlab.server.state.Tasks;
import pushlab.server.state.VersionedState;
import pushlab.server.transport.Wire;

/// `GET /tasks` answers with the current snapshot of every task, sorted by name.
public final class ListTasks implements HttpService {

  private static final String PATH = "/tasks";

  private final Tasks tasks;

  public ListTasks(Tasks tasks) {
    this.tasks = tasks;
  }

  @Override
  public void routing(HttpRules rules) {
    Get.route(rules, PATH, this::answer);
  }

  private void answer(ServerRequest request, ServerResponse response) {
    Wire.tellIfStale(response, tasks.lostSince());
    Get.sendJson(
        request,
        response,
        tasks.all().stream()
            .map(VersionedState::current)
            .sorted(comparing(Snapshot::task))
            .map(Wire::text)
            .collect(joining(",", "{\"tasks\":[", "]}")));
  }
}
