package pushlab.bench.road;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import pushlab.report.result.road.Passage.EqualPolls;
import pushlab.report.result.road.Seen;

/// Whether polls with the same request line reach the server at the same time.
final class EqualPollsProbe {

  private static final int POLLS = 10;
  private static final Duration ARRIVAL = Duration.ofMillis(700);

  private EqualPollsProbe() {}

  static Seen<EqualPolls> measure(Road road) throws IOException, InterruptedException {
    try (Script script = road.origin().script()) {
      int first = round(road, script);
      int second = round(road, script);
      return Seen.of(new EqualPolls(POLLS, first, second));
    }
  }

  /// How many of the polls the origin holds at once. All are answered by then.
  private static int round(Road road, Script script) throws IOException, InterruptedException {
    var clients = new ArrayList<Connection>();
    try {
      script.hold();
      for (int i = 0; i < POLLS; i++) {
        clients.add(road.open());
      }
      for (Connection client : clients) {
        client.get(script.poll());
      }
      int held = script.awaitHeld(POLLS, () -> 0, ARRIVAL);
      script.answerAll(1);
      for (Connection client : clients) {
        var _ = client.answer(Road.PATIENCE);
      }
      return held;
    } finally {
      close(clients);
    }
  }

  static void close(List<Connection> clients) {
    clients.forEach(Connection::close);
  }
}
