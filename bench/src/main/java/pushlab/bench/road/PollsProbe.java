package pushlab.bench.road;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import pushlab.report.result.road.Passage.AtOnce;
import pushlab.report.result.road.Seen;

/// How many polls are held at once.
final class PollsProbe {

  private static final int CONNECTIONS = 300;
  private static final int STREAMS = 151;
  private static final int MISSES = 3;
  private static final int STEPS = 50;
  private static final Duration ARRIVAL = Duration.ofMillis(700);

  /// Apache starts processes at most once a second.
  private static final Duration MORE_PROCESSES = Duration.ofMillis(2_500);

  private PollsProbe() {}

  /// Each on its own connection.
  static Seen<AtOnce> measure(Road road) throws IOException, InterruptedException {
    var clients = new ArrayList<Connection>();
    try (Script script = road.origin().script()) {
      int misses = 0;
      for (int i = 0; i < CONNECTIONS; i++) {
        Connection client = road.open();
        clients.add(client);
        client.get(script.poll(i));
        misses += misses < MISSES && !hasArrived(script, i + 1, client) ? 1 : 0;
      }
      int held = script.awaitHeld(CONNECTIONS, () -> refused(clients), MORE_PROCESSES);
      int refused = refused(clients);
      script.answerAll(1);
      return Seen.of(new AtOnce(CONNECTIONS, held, refused));
    } finally {
      EqualPollsProbe.close(clients);
    }
  }

  private static int refused(List<Connection> clients) {
    return (int) clients.stream().filter(Connection::hasHeard).count();
  }

  /// Whether a poll has arrived, or has been refused, before the next is sent. A proxy accepts some
  /// that it cannot pass on if all come at once.
  private static boolean hasArrived(Script script, int count, Connection client)
      throws InterruptedException {
    for (int i = 0; i < STEPS && script.arrived() < count && !client.hasHeard(); i++) {
      Thread.sleep(1);
    }
    return script.arrived() >= count;
  }

  /// All on one HTTP/2 connection.
  ///
  /// @param http2 where the proxy takes HTTP/2 with prior knowledge
  static Seen<AtOnce> ofOneConnection(Road road, URI http2)
      throws IOException, InterruptedException {
    try (Script script = road.origin().script();
        Http2Connection client = road.client().openHttp2(http2)) {
      for (int i = 0; i < STREAMS; i++) {
        client.get(script.poll(i));
      }
      int held = script.awaitHeld(STREAMS, client::ended, ARRIVAL);
      int refused = client.ended();
      script.answerAll(1);
      return Seen.of(new AtOnce(STREAMS, held, refused));
    }
  }
}
