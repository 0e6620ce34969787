package pushlab.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.TestServer.version;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pushlab.server.state.Await;
import pushlab.server.testing.Proxy;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.ServerProcess;
import pushlab.server.testing.TestDatabase;
import pushlab.server.testing.TestServer;
import pushlab.server.testing.TestSubscriber;

/// Two servers behind a proxy that is set up as in docs/proxy. Runs where that proxy is installed.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProxyTest {

  private static final Pattern HELD = Pattern.compile("(?m)^pushlab_readers_waiting\\S* (\\d+)");

  @TempDir private Path folder = Path.of("");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private interface Kind {
    Proxy start(Path folder, List<URI> servers) throws IOException;
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    client.shutdownNow();
  }

  @Test
  void subscribersBehindHaproxySurviveTheirServer() throws Exception {
    assertSubscribersOutliveTheirServer(Proxy::haproxy);
  }

  @Test
  void subscribersBehindNginxSurviveTheirServer() throws Exception {
    assertSubscribersOutliveTheirServer(Proxy::nginx);
  }

  @Test
  void haproxyServesSubscribersEvenIfEveryServerHasLostItsDatabase() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        ServerProcess server = ServerProcess.start("--port=0", database.store("cuttable"))) {
      URI one = server.address();
      try (Proxy proxy = Proxy.haproxy(folder, List.of(one, one))) {
        database.cut("cuttable");
        Await.until("no server is ready", () -> proxy.hasSaid("'ready' has no server"));

        HttpResponse<String> known = send(get(proxy.address(), "/status"));

        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.headers().map()).containsKey("pushlab-stale-since");
        HttpResponse<String> refused = send(update(proxy.address(), "default"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().map()).containsKey("retry-after");
      }
    }
  }

  /// By default HAProxy lets the system delay each for 200 ms.
  @Test
  void haproxyPassesOnEachEventAtOnce() throws Exception {
    assertEventsArriveAtOnce(Proxy::haproxy);
  }

  @Test
  void nginxPassesOnEachEventAtOnce() throws Exception {
    assertEventsArriveAtOnce(Proxy::nginx);
  }

  private void assertEventsArriveAtOnce(Kind kind) throws Exception {
    try (var server = TestServer.start();
        Proxy proxy = start(kind, server, server);
        RawConnection stream = RawConnection.to(proxy.address())) {
      stream.send("GET /events HTTP/1.1", "Host: localhost", "").readTo("\n\n");
      var fastest = Duration.ofDays(1);
      for (int i = 0; i < 20; i++) {
        long updated = System.nanoTime();
        server.state().update("x");
        stream.readTo("\n\n");
        var delay = Duration.ofNanos(System.nanoTime() - updated);
        fastest = delay.compareTo(fastest) < 0 ? delay : fastest;
      }
      assertThat(fastest).isLessThan(Duration.ofMillis(100));
    }
  }

  @Test
  void serverBehindHaproxyNoticesThatAClientHasGone() throws Exception {
    assertIsTold(Proxy::haproxy);
  }

  @Test
  void serverBehindNginxNoticesThatAClientHasGone() throws Exception {
    assertIsTold(Proxy::nginx);
  }

  private void assertIsTold(Kind kind) throws Exception {
    try (var server = TestServer.start("--hold=30s");
        Proxy proxy = start(kind, server, server)) {
      try (RawConnection poll = RawConnection.to(proxy.address())) {
        poll.send("GET /poll-status?last_version=0 HTTP/1.1", "Host: localhost", "");
        server.awaitSubscribers(1);
      }
      server.awaitSubscribers(0);
    }
  }

  @Test
  void fullServersBehindHaproxyAnswerTheirOtherRequests() throws Exception {
    assertFullServersAnswerTheRest(Proxy::haproxy);
  }

  @Test
  void fullServersBehindNginxAnswerTheirOtherRequests() throws Exception {
    assertFullServersAnswerTheRest(Proxy::nginx);
  }

  private void assertFullServersAnswerTheRest(Kind kind) throws Exception {
    try (var one = TestServer.start("--max-readers=1");
        var two = TestServer.start("--max-readers=1");
        Proxy proxy = start(kind, one, two)) {
      var held =
          List.of(one.hold("/poll-status?last_version=0"), two.hold("/poll-status?last_version=0"));

      for (int i = 0; i < 5; i++) {
        HttpResponse<String> refused = send(get(proxy.address(), "/poll-status?last_version=0"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().map()).containsKey("retry-after");
      }
      for (int i = 0; i < 20; i++) {
        assertThat(send(get(proxy.address(), "/status")).statusCode()).isEqualTo(200);
      }
      assertThat(held).noneMatch(CompletableFuture::isDone);
    }
  }

  private Proxy start(Kind kind, TestServer one, TestServer two) throws IOException {
    return kind.start(folder, List.of(one.server.address(), two.server.address()));
  }

  /// Subscribers of all transports, held requests included. None sees an older version after a
  /// newer one.
  private void assertSubscribersOutliveTheirServer(Kind kind) throws Exception {
    try (TestDatabase database = TestDatabase.create();
        ServerProcess one = ServerProcess.start("--port=0", database.store());
        ServerProcess two = ServerProcess.start("--port=0", database.store())) {
      List<URI> servers = List.of(one.address(), two.address());
      try (Proxy proxy = kind.start(folder, servers)) {
        assertSubscribersOutlive(two, servers, proxy.address());
      }
    }
  }

  private void assertSubscribersOutlive(ServerProcess killed, List<URI> servers, URI address)
      throws Exception {
    List<CompletableFuture<HttpResponse<String>>> held = holdAtBoth(address, servers);
    var goal = new AtomicLong(Long.MAX_VALUE);
    List<Future<List<Long>>> followers =
        TestSubscriber.follow(threads, client, () -> address, goal);

    var acknowledged = new ArrayList<Long>();
    update(address, 100, acknowledged);
    killed.kill();
    update(address, 100, acknowledged);

    assertThat(acknowledged).hasSizeGreaterThan(190).isSorted().doesNotHaveDuplicates();
    long next = acknowledged.getLast() + 1;
    goal.set(next);
    assertThat(version(send(update(address, "default")))).isEqualTo(next);
    for (Future<List<Long>> follower : followers) {
      assertThat(follower.get(10, TimeUnit.SECONDS))
          .isSorted()
          .doesNotHaveDuplicates()
          .hasSizeGreaterThan(2)
          .endsWith(next);
    }
    HttpResponse<String> quiet = send(update(address, "quiet"));
    for (var each : held) {
      assertThat(each.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(each.get().body()).isEqualTo(quiet.body());
    }
  }

  /// Requests that both servers hold, for a task that is not updated meanwhile.
  private List<CompletableFuture<HttpResponse<String>>> holdAtBoth(URI address, List<URI> servers)
      throws IOException, InterruptedException {
    long version = version(send(update(address, "quiet")));
    HttpRequest poll = get(address, "/poll-status?task=quiet&last_version=" + version);
    List<CompletableFuture<HttpResponse<String>>> held =
        IntStream.range(0, 8)
            .mapToObj(_ -> client.sendAsync(poll, BodyHandlers.ofString()))
            .toList();
    Await.until("both hold some", () -> servers.stream().allMatch(server -> held(server) > 1));
    return held;
  }

  private long held(URI server) {
    try {
      var found = HELD.matcher(send(get(server, "/metrics")).body());
      return found.find() ? Long.parseLong(found.group(1)) : 0;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Makes `count` updates through the proxy. Updates that a killed server has lost are not
  /// repeated.
  private void update(URI address, int count, List<Long> acknowledged)
      throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      HttpResponse<String> answer = send(update(address, "default"));
      if (answer.statusCode() == 200) {
        acknowledged.add(version(answer));
      }
    }
  }

  private static HttpRequest update(URI address, String task) {
    return HttpRequest.newBuilder(address.resolve("/update-status?status=x&task=" + task))
        .POST(BodyPublishers.noBody())
        .build();
  }

  private static HttpRequest get(URI address, String path) {
    return HttpRequest.newBuilder(address.resolve(path)).build();
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }
}
