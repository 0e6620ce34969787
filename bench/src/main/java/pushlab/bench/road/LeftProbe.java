package pushlab.bench.road;

import static pushlab.bench.road.Road.millis;

import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.road.Passage.Left;
import pushlab.report.result.road.Seen;

/// When the server learns that the client of a held poll has gone.
final class LeftProbe {

  private static final int HELD_MILLIS = 200;

  private LeftProbe() {}

  static Seen<Left> measure(Road road) throws IOException, InterruptedException {
    Double closed = after(road, false);
    Double reset = after(road, true);
    return Seen.of(new Left(closed, reset, road.waits().left().toMillis()));
  }

  private static @Nullable Double after(Road road, boolean reset)
      throws IOException, InterruptedException {
    try (Script script = road.origin().script();
        Connection client = road.open()) {
      client.get(script.poll());
      Arrival poll = script.next();
      Thread.sleep(HELD_MILLIS);
      long start = System.nanoTime();
      client.leave(reset);
      OptionalLong left = poll.left(road.waits().left());
      script.answerAll(1);
      return left.isPresent() ? millis(start, left.getAsLong()) : null;
    }
  }
}
