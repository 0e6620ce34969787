package pushlab.bench.road;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import pushlab.report.result.road.Passage.Death;
import pushlab.report.result.road.Seen;
import pushlab.report.text.NotSeen;

/// What a poller is told when the server ends its connection without an answer, as a server does
/// that is killed.
final class DeathProbe {

  private static final int HELD_MILLIS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private DeathProbe() {}

  /// The poll is the first request of its connection, to the proxy and to the origin.
  static Seen<Death> ofFirst(Road road) throws IOException, InterruptedException {
    road.origin().closeIdle();
    try (Connection client = road.open()) {
      return die(road, client);
    }
  }

  /// Another poll was answered over the same connection before.
  static Seen<Death> ofReused(Road road) throws IOException, InterruptedException {
    try (Connection client = road.open();
        Script before = road.origin().script()) {
      client.get(before.poll());
      before.next().answer(1);
      if (client.answer(Road.PATIENCE).isEmpty()) {
        return Seen.not(NotSeen.NO_ANSWER.say(Road.PATIENCE.toSeconds()));
      }
      return die(road, client);
    }
  }

  /// A proxy may end the connection before the poll has arrived at the origin.
  private static Seen<Death> die(Road road, Connection client)
      throws IOException, InterruptedException {
    try (Script script = road.origin().script()) {
      client.get(script.poll());
      if (script.awaitFirst(client::hasHeard)) {
        Arrival poll = script.next();
        Thread.sleep(HELD_MILLIS);
        script.forEach(Arrival::cut);
        poll.cut();
      }
      Optional<Answer> answer = client.answer(PATIENCE);
      return answer.isPresent()
          ? Seen.of(new Death(answer.get().status(), script.arrived()))
          : Seen.not(NotSeen.NO_ANSWER.say(PATIENCE.toSeconds()));
    }
  }
}
