package pushlab.bench.road;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import pushlab.report.result.road.Passage.Lateness;
import pushlab.report.result.road.Seen;

/// How late the events of a stream are: from the moment before the origin writes one to its arrival
/// at the client.
final class EventsProbe {

  private static final int EVENTS = 10;
  private static final int MISSES = 2;
  private static final int SHORTEST_PAUSE_MILLIS = 50;
  private static final int LONGEST_PAUSE_MILLIS = 150;
  private static final Duration BRIEF = Duration.ofMillis(20);

  private EventsProbe() {}

  /// Sends events to a client one at a time. If the first ones do not arrive, it does not wait for
  /// the others.
  static Seen<Lateness> measure(Road road, Connection client)
      throws IOException, InterruptedException {
    try (Script script = road.origin().script()) {
      client.get(script.events());
      Arrival stream = script.next();
      stream.begin();
      var arrivals = new EventArrivals(client);
      var sent = new long[EVENTS];
      int misses = 0;
      for (int i = 0; i < EVENTS; i++) {
        sent[i] = stream.event(i + 1);
        boolean arrived = arrivals.await(i + 1, misses < MISSES ? road.waits().miss() : BRIEF);
        misses += arrived ? 0 : 1;
        Thread.sleep(
            ThreadLocalRandom.current().nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
      }
      Lateness lateness = arrivals.lateness(IntStream.rangeClosed(1, EVENTS).toArray(), sent, sent);
      stream.end();
      return Seen.of(lateness);
    }
  }

  /// The same over a new connection to the proxy.
  static Seen<Lateness> measure(Road road) throws IOException, InterruptedException {
    try (Connection client = road.open()) {
      return measure(road, client);
    }
  }
}
