package pushlab.server.transport;

import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.state.Await;
import pushlab.server.testing.Proxy;
import pushlab.server.testing.ProxyKind;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.ServerProcess;
import pushlab.server.testing.TestDatabase;
import pushlab.server.testing.TestServer;
import pushlab.server.testing.TestSubscriber;

/// Two servers behind a proxy that is set up as in docs/proxy. Runs where that proxy is installed.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class BehindProxy {

  private static final Pattern HELD = Pattern.compile("(?m)^pushlab_readers_waiting\\S* (\\d+)");

  /// Those that tell a server at once that the client of a held request has gone.
  private static final Set<ProxyKind> TELL_OF_LEAVING =
      Set.of(ProxyKind.NGINX, ProxyKind.HAPROXY, ProxyKind.SQUID, ProxyKind.CADDY);

  /// Those that send a held GET to another server when its server dies.
  private static final Set<ProxyKind> SEND_AGAIN =
      Set.of(
          ProxyKind.NGINX, ProxyKind.HAPROXY, ProxyKind.VARNISH, ProxyKind.SQUID, ProxyKind.CADDY);

  @TempDir Path folder = Path.of("");

  private final ProxyKind kind;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  BehindProxy(ProxyKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void isInstalled() {
    assumeThat(kind.installed()).as("%s is not installed, so it is not tried", kind).isPresent();
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    client.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/stream"})
  void eachEventArrivesAtOnce(String path) throws Exception {
    try (var server = TestServer.start();
        Proxy proxy = start(server, server);
        RawConnection stream = RawConnection.to(proxy.address())) {
      stream.send("GET " + path + " HTTP/1.1", "Host: localhost", "").readTo("\"version\":0,");
      var delays = new ArrayList<Duration>();
      for (int i = 1; i <= 21; i++) {
        long updated = System.nanoTime();
        server.state().update("x");
        stream.readTo("\"version\":" + i + ",");
        delays.add(Duration.ofNanos(System.nanoTime() - updated));
      }
      delays.sort(naturalOrder());
      assertThat(delays.get(10)).as("the median delay").isLessThan(Duration.ofMillis(50));
    }
  }

  @Test
  void theServerNoticesThatAClientHasGone() throws Exception {
    assumeThat(TELL_OF_LEAVING).as("%s does not tell", kind).contains(kind);
    try (var server = TestServer.start("--hold=30s");
        Proxy proxy = start(server, server)) {
      try (RawConnection poll = RawConnection.to(proxy.address())) {
        poll.send("GET /poll-status?last_version=0 HTTP/1.1", "Host: localhost", "");
        server.awaitSubscribers(1);
      }
      server.awaitSubscribers(0);
    }
  }

  @Test
  void fullServersAnswerTheirOtherRequests() throws Exception {
    try (var one = TestServer.start("--max-readers=1");
        var two = TestServer.start("--max-readers=1");
        Proxy proxy = start(one, two)) {
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

  /// Subscribers of all transports. None sees an older version after a newer one, and a poll that
  /// was held before is answered after.
  @Test
  void subscribersOutliveAReload() throws Exception {
    try (var server = TestServer.start();
        Proxy proxy = start(server, server)) {
      long quiet = server.server.tasks().update("quiet", "x").orElseThrow().version();
      CompletableFuture<HttpResponse<String>> held =
          client.sendAsync(
              get(proxy.address(), "/poll-status?task=quiet&last_version=" + quiet),
              BodyHandlers.ofString());
      var goal = new AtomicLong(Long.MAX_VALUE);
      List<Future<List<Long>>> followers =
          TestSubscriber.follow(threads, client, proxy::address, goal);
      server.awaitSubscribers(5);

      server.state().update("before");
      proxy.reload();
      for (int i = 0; i < 100; i++) {
        server.state().update("x");
        Thread.sleep(10);
      }
      goal.set(102);
      server.state().update("last");

      assertFollow(followers, 102);
      server.server.tasks().update("quiet", "y");
      assertThat(held.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  /// Subscribers of all transports, held requests included. None sees an older version after a
  /// newer one.
  @Test
  void subscribersOutliveTheirServer() throws Exception {
    assumeThat(kind).as("h2o knows one server only").isNotEqualTo(ProxyKind.H2O);
    try (TestDatabase database = TestDatabase.create();
        ServerProcess one = ServerProcess.start("--port=0", database.store());
        ServerProcess two = ServerProcess.start("--port=0", database.store())) {
      List<URI> servers = List.of(one.address(), two.address());
      try (Proxy proxy = Proxy.start(kind, folder, servers)) {
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
    updateUntil(100, address, acknowledged);
    killed.kill();
    updateUntil(200, address, acknowledged);

    assertThat(acknowledged).isSorted().doesNotHaveDuplicates();
    long next = acknowledged.getLast() + 1;
    goal.set(next);
    assertThat(version(send(update(address, "default")))).isEqualTo(next);
    assertFollow(followers, next);
    HttpResponse<String> quiet = send(update(address, "quiet"));
    assertThat(bodies(held)).containsOnly(quiet.body()).hasSizeGreaterThan(1);
    if (SEND_AGAIN.contains(kind)) {
      assertThat(bodies(held)).hasSameSizeAs(held);
    }
  }

  private static void assertFollow(List<Future<List<Long>>> followers, long last) throws Exception {
    for (Future<List<Long>> follower : followers) {
      assertThat(follower.get(10, TimeUnit.SECONDS))
          .isSorted()
          .doesNotHaveDuplicates()
          .hasSizeGreaterThan(2)
          .endsWith(last);
    }
  }

  /// The bodies of the answers with the status 200. A poll may get another status, or lose its
  /// connection, with its server.
  private static List<String> bodies(List<CompletableFuture<HttpResponse<String>>> held)
      throws Exception {
    var bodies = new ArrayList<String>();
    for (var each : held) {
      try {
        HttpResponse<String> answer = each.get(10, TimeUnit.SECONDS);
        if (answer.statusCode() == 200) {
          bodies.add(answer.body());
        }
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(IOException.class);
      }
    }
    return bodies;
  }

  private Proxy start(TestServer one, TestServer two) throws IOException {
    return Proxy.start(kind, folder, List.of(one.server.address(), two.server.address()));
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

  /// Makes updates through the proxy until so many are acknowledged. One that a killed server has
  /// lost is not repeated.
  private void updateUntil(int count, URI address, List<Long> acknowledged) {
    Await.until(
        count + " updates are acknowledged",
        () -> {
          update(address, acknowledged);
          return acknowledged.size() == count;
        });
  }

  private void update(URI address, List<Long> acknowledged) {
    try {
      HttpResponse<String> answer = send(update(address, "default"));
      if (answer.statusCode() == 200) {
        acknowledged.add(version(answer));
      }
    } catch (IOException _) {
      // The connection was closed without an answer.
    } catch (InterruptedException e) {
      throw new AssertionError(e);
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
