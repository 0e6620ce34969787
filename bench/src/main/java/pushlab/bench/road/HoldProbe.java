package pushlab.bench.road;

import static pushlab.bench.road.Road.seconds;

import java.io.IOException;
import java.util.Optional;
import pushlab.report.result.road.Passage.Hold;
import pushlab.report.result.road.Seen;
import pushlab.report.text.NotSeen;

/// How long a poll may be held.
final class HoldProbe {

  private HoldProbe() {}

  static Seen<Hold> measure(Road road) throws IOException, InterruptedException {
    try (Script script = road.origin().script();
        Connection client = road.open()) {
      client.get(script.poll());
      var _ = script.next();
      long start = System.nanoTime();
      Optional<Answer> early = client.answer(road.waits().hold());
      if (early.isPresent()) {
        return Seen.of(new Hold(seconds(start, early.get().nanos()), false, early.get().status()));
      }
      script.answerAll(1);
      double held = seconds(start, System.nanoTime());
      return client
          .answer(Road.PATIENCE)
          .map(answer -> Seen.of(new Hold(held, isServed(answer), answer.status())))
          .orElseGet(() -> Seen.not(NotSeen.NO_ANSWER.say(Road.PATIENCE.toSeconds())));
    }
  }

  private static boolean isServed(Answer answer) {
    Integer status = answer.status();
    return status != null && status == 200;
  }
}
