package pushlab.server.transport;

import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static pushlab.server.testing.TestServer.version;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  /// Those that tell a server at once that the client of a held request has gone.
  private static final Set<ProxyKind> TELL_OF_LEAVING =
      Set.of(ProxyKind.NGINX, ProxyKind.HAPROXY, ProxyKind.SQUID, ProxyKind.CADDY);

  /// Those that send a held GET to another server when its server dies.
  private static final Set<ProxyKind> SEND_AGAIN =
      Set.of(
          ProxyKind.NGINX, ProxyKind.HAPROXY, ProxyKind.VARNISH, ProxyKind.SQUID, ProxyKind.CADDY);

  @TempDir Path folder = Path.of("");

  private final ProxyKind kind;
  private final ClientBehindProxy client = new ClientBehindProxy();
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
    client.close();
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
        HttpResponse<String> refused = client.get(proxy.address(), "/poll-status?last_version=0");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().map()).containsKey("retry-after");
      }
      for (int i = 0; i < 20; i++) {
        assertThat(client.get(proxy.address(), "/status").statusCode()).isEqualTo(200);
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
          client.hold(proxy.address(), "/poll-status?task=quiet&last_version=" + quiet);
      var goal = new AtomicLong(Long.MAX_VALUE);
      List<Future<List<Long>>> followers =
          TestSubscriber.follow(threads, client.http(), proxy::address, goal);
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
    List<CompletableFuture<HttpResponse<String>>> held = client.holdAtBoth(address, servers);
    var goal = new AtomicLong(Long.MAX_VALUE);
    List<Future<List<Long>>> followers =
        TestSubscriber.follow(threads, client.http(), () -> address, goal);

    var acknowledged = new ArrayList<Long>();
    client.updateUntil(100, address, acknowledged);
    killed.kill();
    client.updateUntil(200, address, acknowledged);

    assertThat(acknowledged).isSorted().doesNotHaveDuplicates();
    long next = acknowledged.getLast() + 1;
    goal.set(next);
    assertThat(version(client.update(address, "default"))).isEqualTo(next);
    assertFollow(followers, next);
    HttpResponse<String> quiet = client.update(address, "quiet");
    assertThat(ClientBehindProxy.bodies(held)).containsOnly(quiet.body()).hasSizeGreaterThan(1);
    if (SEND_AGAIN.contains(kind)) {
      assertThat(ClientBehindProxy.bodies(held)).hasSameSizeAs(held);
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

  private Proxy start(TestServer one, TestServer two) throws IOException {
    return Proxy.start(kind, folder, List.of(one.server.address(), two.server.address()));
  }
}
