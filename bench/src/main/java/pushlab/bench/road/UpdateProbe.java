package pushlab.bench.road;

import java.io.IOException;
import java.util.Optional;
import pushlab.report.result.road.Seen;
import pushlab.report.text.NotSeen;

/// Whether the page's own updates reach the server with the host that the browser asked.
final class UpdateProbe {

  private UpdateProbe() {}

  static Seen<Integer> measure(Road road) throws IOException, InterruptedException {
    try (Script script = road.origin().script();
        Connection client = road.open()) {
      client.updateFromPage(script.update(), "{\"status\":\"En cours\"}");
      return status(client.answer(Road.PATIENCE));
    }
  }

  /// The status of an answer, or why there is none.
  static Seen<Integer> status(Optional<Answer> answer) {
    if (answer.isEmpty()) {
      return Seen.not(NotSeen.NO_ANSWER.say(Road.PATIENCE.toSeconds()));
    }
    Integer status = answer.get().status();
    return status == null ? Seen.not(NotSeen.CLOSED_UNANSWERED.say()) : Seen.of(status);
  }
}
