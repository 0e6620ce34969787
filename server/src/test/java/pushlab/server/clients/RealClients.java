package pushlab.server.clients;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Some of each client of `docs/clients.md`, on one server. They end with the test at the latest.
final class RealClients implements AutoCloseable {

  /// Those that obey `retry` and say when they return.
  static final Set<String> EVENT_SOURCES =
      Set.of(
          "eventsource",
          "undici",
          "event-source-polyfill",
          "fetch-event-source",
          "launchdarkly-eventsource");

  /// Those that obey it also without an event, as a server that is full says it. undici does not.
  static final Set<String> OBEY_RETRY_WITHOUT_AN_EVENT =
      Set.of(
          "eventsource", "event-source-polyfill", "fetch-event-source", "launchdarkly-eventsource");

  /// Those that say when they lose their connection.
  static final Set<String> SAY_WHEN_THEY_FAIL =
      with(EVENT_SOURCES, "okhttp-sse", "reconnecting-websocket", "sockette");

  private static final Set<String> ALL = with(SAY_WHEN_THEY_FAIL, "jersey");

  private final Lines lines = new Lines();
  private final int each;
  private final ClientProcess node;
  private final OkHttpClients okHttp;
  private final JerseyClients jersey;

  /// Starts as many as `each` of every client.
  RealClients(URI server, int each) throws IOException {
    this.each = each;
    String url = server.toString().replaceFirst("/$", "");
    node =
        new ClientProcess(
            lines, List.of("node", "testing/real-clients.js", url, String.valueOf(each)));
    okHttp = new OkHttpClients(server, Duration.ZERO);
    jersey = new JerseyClients(server);
    for (int number = 0; number < each; number++) {
      okHttp.openEvents(lines.reporter("okhttp-sse", number));
      jersey.openEvents(lines.reporter("jersey", number));
    }
  }

  private static Set<String> with(Set<String> some, String... more) {
    var all = new TreeSet<>(some);
    all.addAll(List.of(more));
    return all;
  }

  /// How many there are if there are as many as `each` of every client.
  static int count(int each) {
    return each * ALL.size();
  }

  /// Waits until each client has said something of this kind from now on.
  ///
  /// @return all that was said meanwhile
  Collection<Lines.Line> awaitAll(String why, Predicate<Lines.Line> said)
      throws InterruptedException {
    return awaitEachOf(ALL, why, said);
  }

  /// Waits until each client of these names has said something of this kind from now on.
  ///
  /// @return all that was said meanwhile
  Collection<Lines.Line> awaitEachOf(Set<String> names, String why, Predicate<Lines.Line> said)
      throws InterruptedException {
    List<String> clients = new ArrayList<>();
    for (int number = 0; number < each; number++) {
      for (String client : names) {
        clients.add(client + " " + number);
      }
    }
    return lines.awaitEach(clients, why, said);
  }

  @Override
  public void close() {
    node.close();
    okHttp.close();
    jersey.close();
  }
}
