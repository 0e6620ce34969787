package pushlab.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.server.testing.ServerProcess;

/// Clients that tolerate little silence live through it with what `docs/clients.md` tells to set,
/// and not without.
@Timeout(value = 100, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientsThroughSilenceTest {

  /// Longer than the time-out of each of these clients.
  private static final Duration SILENCE = Duration.ofSeconds(12);

  private final Lines lines = new Lines();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Set<String> clients = new TreeSet<>();

  @BeforeEach
  void needClients() {
    assumeTrue(ClientProcess.hasNodeClients(), "npm has not installed the clients of client/");
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void withoutASettingTheyFail() throws Exception {
    URI server = serve();
    launchDarkly(server, "launchdarkly-eventsource");
    okHttpEvents(server, Duration.ofSeconds(10));
    okHttpPolls(server, Duration.ofSeconds(10));
    httpxPolls(server);

    lines.awaitEach(clients, "failed", Lines.Line::isFailed);
  }

  @Test
  void theyLiveByWhatIsSetAtTheServer() throws Exception {
    URI short4 = serve("--heartbeat=4s", "--hold=4s");
    URI short8 = serve("--heartbeat=8s", "--hold=8s");
    launchDarkly(short4, "launchdarkly-eventsource");
    httpxPolls(short4);
    okHttpEvents(short8, Duration.ofSeconds(10));
    okHttpPolls(short8, Duration.ofSeconds(10));
    jerseyEvents(short8);

    assertNoneFailsWithin(SILENCE, short4, short8);
  }

  @Tag("long")
  @Test
  void theyLiveByWhatIsSetAtTheClient() throws Exception {
    URI server = serve();
    launchDarkly(server, "launchdarkly-eventsource-20s");
    httpxPolls(server, "30");
    okHttpEvents(server, Duration.ZERO);
    okHttpPolls(server, Duration.ofSeconds(30));
    jerseyEvents(server);

    assertNoneFailsWithin(Duration.ofSeconds(65), server);
  }

  private void assertNoneFailsWithin(Duration silence, URI... servers) throws Exception {
    lines.awaitEach(clients, "the first version", Lines.Line::isShown);
    assertThat(lines.heardWithin(silence)).isEmpty();
    for (URI server : servers) {
      update(server);
    }
    assertThat(lines.awaitEach(clients, "the second version", Lines.Line::isShown))
        .noneMatch(Lines.Line::isFailed);
  }

  private static void update(URI server) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(server.resolve("/update-status?status=new"))
              .POST(HttpRequest.BodyPublishers.noBody());
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  private URI serve(String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--port=0");
    var server = ServerProcess.start(all.toArray(String[]::new));
    open.add(server);
    return server.address();
  }

  private void launchDarkly(URI server, String name) throws IOException {
    clients.add(name + " 0");
    open.add(
        new ClientProcess(
            lines, List.of("node", "testing/real-clients.js", withoutSlash(server), "1", name)));
  }

  /// Debian's `python3-httpx`; without it the test goes on with the other clients.
  private void httpxPolls(URI server, String... timeout) throws Exception {
    if (ClientProcess.hasHttpx()) {
      clients.add("httpx 0");
      List<String> command = new ArrayList<>();
      command.addAll(List.of("python3", "testing/httpx-polls.py", withoutSlash(server)));
      command.addAll(List.of(timeout));
      open.add(new ClientProcess(lines, command));
    }
  }

  private void okHttpEvents(URI server, Duration readTimeout) {
    clients.add("okhttp-sse 0");
    okHttp(server, readTimeout).openEvents(lines.reporter("okhttp-sse", 0));
  }

  private void okHttpPolls(URI server, Duration readTimeout) {
    clients.add("okhttp 0");
    okHttp(server, readTimeout).poll(lines.reporter("okhttp", 0));
  }

  private OkHttpClients okHttp(URI server, Duration readTimeout) {
    var okHttp = new OkHttpClients(server, readTimeout);
    open.add(okHttp);
    return okHttp;
  }

  private void jerseyEvents(URI server) {
    clients.add("jersey 0");
    var jersey = new JerseyClients(server);
    open.add(jersey);
    jersey.openEvents(lines.reporter("jersey", 0));
  }

  private static String withoutSlash(URI server) {
    return server.toString().replaceFirst("/$", "");
  }
}
