package pushlab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;
import static pushlab.server.testing.TestServer.header;
import static pushlab.server.testing.TestServer.json;
import static pushlab.server.testing.TestServer.version;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.server.net.Delivery;
import pushlab.server.state.Await;
import pushlab.server.testing.Log;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.Relay;
import pushlab.server.testing.TestDatabase;
import pushlab.server.testing.TestServer;
import pushlab.server.testing.WebSocketClient;

/// Several servers over one PostgreSQL. Their clients see one state.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresTest {

  private TestDatabase database;

  @BeforeEach
  void create() throws SQLException {
    database = TestDatabase.create();
  }

  @AfterEach
  void drop() throws SQLException {
    database.close();
  }

  @Test
  void updateOfOneServerWakesASubscriberOfAnother() throws Exception {
    try (TestServer one = start();
        TestServer other = start()) {
      CompletableFuture<HttpResponse<String>> held = other.hold("/poll-status?last_version=0");

      JsonObject update = one.update("x");

      assertThat(json(got(held))).isEqualTo(update);
      assertThat(json(other.get("/status"))).isEqualTo(update);
    }
  }

  @Test
  void firstVersionIsTheSameOnAllServers() throws Exception {
    try (TestServer one = start();
        TestServer other = start()) {
      assertThat(json(one.get("/status"))).isEqualTo(json(other.get("/status")));
      assertThat(version(one.get("/status"))).isZero();
    }
  }

  @Test
  void taskOfOneServerExistsOnAnother() throws Exception {
    try (TestServer one = start("--max-tasks=2");
        TestServer other = start("--max-tasks=2")) {
      one.send("POST", "/update-status?task=a&status=x");

      assertThat(version(other.get("/status?task=a"))).isEqualTo(1);
      assertThat(version(other.send("POST", "/update-status?task=a&status=y"))).isEqualTo(2);
      assertProblem(other.send("POST", "/update-status?task=b&status=x"), 429, "task: ");
    }
  }

  @Test
  void versionsContinueAfterARestartAndHistoryKeepsEach() throws Exception {
    JsonObject last;
    try (TestServer server = start()) {
      server.update("x");
      last = server.update("y");
    }

    try (TestServer server = start()) {
      assertThat(json(server.get("/status"))).isEqualTo(last);
      assertThat(server.update("z").getInt("version")).isEqualTo(3);
    }
    assertThat(database.text("select count(*) from history where name = 'default'")).isEqualTo("3");
  }

  @Test
  void anyTextIsAStatus() throws Exception {
    try (TestServer one = start();
        TestServer other = start()) {
      String mixed = "\0\\0\\\\ 🎉\n1 2 a";
      for (String status : List.of("\0".repeat(256), "🎉".repeat(256), "\\", mixed)) {
        CompletableFuture<HttpResponse<String>> held =
            other.hold("/poll-status?last_version=" + version(other.get("/status")));

        one.update(status);

        assertThat(json(got(held)).getString("status")).isEqualTo(status);
      }
      try (TestServer later = start()) {
        assertThat(json(later.get("/status")).getString("status")).isEqualTo(mixed);
      }
    }
  }

  @Test
  void serversStartedAtOnceOnAnEmptyDatabaseShareOneEpoch() throws Exception {
    List<TestServer> servers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Callable<TestServer>> starts = Collections.nCopies(3, () -> start());
      for (Future<TestServer> server : threads.invokeAll(starts)) {
        servers.add(server.get());
      }
      List<Integer> versions = new ArrayList<>();
      for (TestServer server : servers) {
        versions.add(server.update("x").getInt("version"));
      }

      assertThat(versions).containsExactly(1, 2, 3);
      assertThat(servers).extracting(server -> server.state().epoch()).containsOnly(epoch());
    } finally {
      servers.forEach(TestServer::close);
    }
  }

  /// A version without a notification is in the database only, as if the notification were late.
  @Test
  void subscriberGetsNoOlderVersionFromAServerThatIsBehind() throws Exception {
    try (TestServer server = start()) {
      String epoch = epoch();
      raiseUnheard(5);
      assertThat(server.get("/poll-status?last_version=5&wait=0").statusCode()).isEqualTo(204);
      assertThat(version(server.get("/status"))).isEqualTo(5);

      raiseUnheard(7);
      assertThat(version(server.get("/poll-status?last_version=6"))).isEqualTo(7);

      raiseUnheard(8);
      String tag = "\"%s-8\"".formatted(epoch);
      HttpResponse<String> same = server.get("/status", "If-None-Match", tag);
      assertThat(same.statusCode()).isEqualTo(304);
      assertThat(header(same, "ETag")).isEqualTo(tag);

      raiseUnheard(9);
      try (RawConnection client = server.connect()) {
        client.send("GET /events HTTP/1.1", "Host: x", "Last-Event-ID: " + epoch + "-9", "");
        assertThat(client.readTo(": heartbeat\n")).doesNotContain("data:");
        server.update("x");
        assertThat(client.readTo("\n\n")).contains("\"version\":10,");
      }

      raiseUnheard(12);
      try (var client = WebSocketClient.open(server, "/ws?last_version=12&epoch=" + epoch)) {
        server.awaitSubscribers(1);
        server.update("x");
        assertThat(client.nextVersion()).isEqualTo(13);
      }
    }
  }

  @Test
  void aVersionThatTheStoreHasNotReachedIsAnsweredAtOnce() throws Exception {
    try (TestServer server = start()) {
      server.update("x");

      assertThat(version(server.get("/poll-status?last_version=99"))).isEqualTo(1);
      assertThat(version(server.get("/poll-status?last_version=99&epoch=" + epoch()))).isEqualTo(1);
      assertThat(version(server.get("/status", "If-None-Match", '"' + epoch() + "-99\"")))
          .isEqualTo(1);
      raiseUnheard(99);
      assertThat(version(server.get("/poll-status?last_version=99&epoch=other"))).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void serverWithoutItsDatabaseServesSubscribersSaysSoAndRefusesUpdates(Delivery delivery)
      throws Exception {
    try (TestServer one = start();
        TestServer other = TestServer.start(delivery, database.store("other"))) {
      one.update("x");
      Await.until("both know", () -> other.state().current().version() == 1);
      CompletableFuture<HttpResponse<String>> held = other.hold("/poll-status?last_version=1");

      Instant before = Instant.now();
      database.cut("other");
      Await.until("the other says so", () -> other.state().lostSince().isPresent());
      one.update("y");

      assertThat(other.get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(other.get("/health/ready").body()).contains("the store is lost since ");
      assertThat(other.get("/health/live").statusCode()).isEqualTo(200);
      HttpResponse<String> known = other.get("/status");
      assertThat(version(known)).isEqualTo(1);
      assertThat(Instant.parse(header(known, "Pushlab-Stale-Since")))
          .isBetween(before.minusMillis(1), Instant.now());
      HttpResponse<String> refused = other.send("POST", "/update-status?status=z");
      assertProblem(refused, 503, "the store cannot keep the update now");
      assertThat(header(refused, "Retry-After")).isEqualTo("1");
      assertProblem(other.get("/status?task=new"), 503, "the store");
      for (String query :
          List.of("last_version=0", "last_version=1&wait=0", "last_version=2&wait=1")) {
        HttpResponse<String> poll = other.get("/poll-status?" + query);
        assertThat(poll.statusCode()).isEqualTo(query.contains("wait") ? 204 : 200);
        assertThat(header(poll, "Pushlab-Stale-Since"))
            .as(query)
            .isEqualTo(header(known, "Pushlab-Stale-Since"));
      }
      String tag = '"' + epoch() + "-2\"";
      assertThat(other.get("/status", "If-None-Match", tag).statusCode()).isEqualTo(304);
      assertThat(held).isNotDone();

      database.mend("other");

      assertThat(version(got(held))).isEqualTo(2);
      Await.until("the other is whole", () -> other.state().lostSince().isEmpty());
      assertThat(other.get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(other.get("/status").headers().map()).doesNotContainKey("Pushlab-Stale-Since");
      // The connections for updates return by themselves, up to a second later.
      Await.until("an update is taken", () -> updates(other, "z"));
      assertThat(version(other.get("/status"))).isEqualTo(3);
    }
  }

  @Test
  void connectionsThatTheDatabaseEndsAreReplaced() throws Exception {
    try (TestServer one = start();
        TestServer other = start()) {
      for (int version = 1; version <= 3; version++) {
        CompletableFuture<HttpResponse<String>> held =
            other.hold("/poll-status?last_version=" + (version - 1));
        database.end("true");
        Await.until(
            "an update is taken", () -> one.state().lostSince().isEmpty() && updates(one, "x"));

        assertThat(version(got(held))).isEqualTo(version);
        Await.until("the other is whole", () -> other.state().lostSince().isEmpty());
      }
    }
  }

  @Test
  void lossWithoutAnyErrorIsNoticed() throws Exception {
    try (Relay relay = Relay.to(TestDatabase.port());
        TestServer one = start();
        TestServer other = TestServer.start(database.store(relay))) {
      CompletableFuture<HttpResponse<String>> held = other.hold("/poll-status?last_version=0");

      relay.pull();
      one.update("x");
      Await.until("the other says so", () -> other.state().lostSince().isPresent());

      assertProblem(
          other.send("POST", "/update-status?status=y"),
          503,
          "the store cannot keep the update now");
      assertThat(header(other.get("/status"), "Pushlab-Stale-Since")).isNotEmpty();
      assertThat(held).isNotDone();

      relay.plugIn();

      assertThat(version(got(held))).isEqualTo(1);
      Await.until("the other is whole", () -> other.state().lostSince().isEmpty());
      assertThat(other.update("z").getInt("version")).isEqualTo(2);
    }
  }

  @Test
  void databaseThatReturnsWithAnotherEpochIsRefused() throws Exception {
    try (TestServer server = start();
        var log = new Log()) {
      String epoch = epoch();
      server.update("x");

      database.execute("update epoch set epoch = 'another'");
      database.end("true");
      Await.until(
          "it says why",
          () -> log.lines().stream().anyMatch(line -> line.contains("has another epoch")));

      assertThat(version(server.get("/status"))).isEqualTo(1);
      assertProblem(
          server.send("POST", "/update-status?status=y"),
          503,
          "the store cannot keep the update now");
      assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);

      database.execute("update epoch set epoch = '%s'".formatted(epoch));

      Await.until("it is whole", () -> server.state().lostSince().isEmpty());
      assertThat(server.update("y").getInt("version")).isEqualTo(2);
    }
  }

  @Test
  void databaseThatIsTooBusyIs503WhileReadingGoesOn() throws Exception {
    try (TestServer server = start("--max-tasks=20")) {
      for (int task = 0; task < 8; task++) {
        server.send("POST", "/update-status?status=x&task=t" + task);
      }
      try (Connection locking = database.connect();
          Statement statement = locking.createStatement();
          ExecutorService threads = Executors.newFixedThreadPool(8)) {
        locking.setAutoCommit(false);
        statement.executeQuery("select * from task for update").close();
        List<Future<HttpResponse<String>>> updates =
            IntStream.range(0, 8)
                .mapToObj(
                    task ->
                        threads.submit(
                            () -> server.send("POST", "/update-status?status=y&task=t" + task)))
                .toList();
        assertThat(version(server.get("/status?task=t0"))).isEqualTo(1);
        for (Future<HttpResponse<String>> update : updates) {
          assertProblem(update.get(), 503, "the store cannot keep the update now");
        }
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        locking.rollback();
      }

      assertThat(version(server.send("POST", "/update-status?status=z&task=t0"))).isEqualTo(2);
    }
  }

  @Test
  void inventedNotificationIsIgnored() throws Exception {
    try (TestServer server = start()) {
      database.execute("notify pushlab_%s, 'no version'".formatted(epoch()));
      assertThat(server.update("x").getInt("version")).isEqualTo(1);
    }
  }

  private String epoch() throws SQLException {
    return database.text("select epoch from epoch");
  }

  private void raiseUnheard(int version) throws SQLException {
    database.execute("update task set version = %d where name = 'default'".formatted(version));
  }

  private static boolean updates(TestServer server, String status) {
    try {
      return server.send("POST", "/update-status?status=" + status).statusCode() == 200;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static HttpResponse<String> got(CompletableFuture<HttpResponse<String>> held)
      throws Exception {
    return held.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private TestServer start(String... options) {
    return TestServer.start(
        Stream.concat(Stream.of(database.store()), Stream.of(options)).toArray(String[]::new));
  }
}
