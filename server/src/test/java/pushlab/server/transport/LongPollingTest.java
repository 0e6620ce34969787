package pushlab.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;
import static pushlab.server.testing.TestServer.header;
import static pushlab.server.testing.TestServer.json;
import static pushlab.server.testing.TestServer.version;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.net.Delivery;
import pushlab.server.testing.Log;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ParameterizedClass
@EnumSource(Delivery.class)
class LongPollingTest {

  private final TestServer server;

  LongPollingTest(Delivery delivery) {
    server = TestServer.start(delivery, "--hold=500ms", "--max-readers=200");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersAtOnceWithoutLastVersion() throws Exception {
    HttpResponse<String> answer = server.get("/poll-status?wait=30");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(version(answer)).isZero();
    assertThat(json(answer).keySet())
        .containsExactlyInAnyOrder("task", "epoch", "version", "status", "updatedAt");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(header(answer, "ETag")).isEqualTo("\"%s-0\"".formatted(server.state().epoch()));
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void answersAClientThatIsBehindAtOnce() throws Exception {
    server.update("En cours");
    server.update("Terminée");

    HttpResponse<String> answer = server.get("/poll-status?last_version=0&wait=30");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(version(answer)).isEqualTo(2);
    assertThat(json(answer).getString("status")).isEqualTo("Terminée");
  }

  @Test
  void answersAClientFromAnotherEpochAtOnce() throws Exception {
    HttpResponse<String> answer = server.get("/poll-status?last_version=0&epoch=other&wait=30");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(version(answer)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "99", "9223372036854775807"})
  void answersAClientThatIsAheadAtOnceWithTheCurrentVersion(String ahead) throws Exception {
    HttpResponse<String> answer = server.get("/poll-status?wait=30&last_version=" + ahead);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(version(answer)).isZero();
  }

  @Test
  void holdsAClientThatIsUpToDateUntilTheNextUpdate() throws Exception {
    CompletableFuture<HttpResponse<String>> held =
        server.hold("/poll-status?last_version=0&wait=30");

    server.update("En cours");

    HttpResponse<String> answer = held.get(10, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(version(answer)).isEqualTo(1);
    assertThat(header(answer, "ETag")).isEqualTo("\"%s-1\"".formatted(server.state().epoch()));
  }

  @Test
  void holdsAClientThatIsUpToDateInThisEpoch() throws Exception {
    CompletableFuture<HttpResponse<String>> held =
        server.hold("/poll-status?wait=30&last_version=0&epoch=" + server.state().epoch());

    server.update("En cours");

    assertThat(version(held.get(10, TimeUnit.SECONDS))).isEqualTo(1);
  }

  @Test
  void wakesEveryHeldRequestOnOneUpdate() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      held.add(server.hold("/poll-status?last_version=0&wait=30"));
    }

    server.update("En cours");

    Set<String> bodies = new HashSet<>();
    for (CompletableFuture<HttpResponse<String>> request : held) {
      HttpResponse<String> answer = request.get(10, TimeUnit.SECONDS);
      assertThat(answer.statusCode()).isEqualTo(200);
      bodies.add(answer.body());
    }
    assertThat(bodies).hasSize(1).allMatch(body -> json(body).getInt("version") == 1);
    server.awaitSubscribers(0);
  }

  @Test
  void updateOfAnotherTaskWakesNobody() throws Exception {
    CompletableFuture<HttpResponse<String>> held =
        server.hold("/poll-status?last_version=0&wait=30");

    server.send("POST", "/update-status?status=x&task=other");
    assertThat(server.server.subscribers().waiting()).isEqualTo(1);
    server.update("mine");

    assertThat(json(held.get(10, TimeUnit.SECONDS)).getString("status")).isEqualTo("mine");
  }

  @Test
  void answers204WithoutBodyAfterTheHold() throws Exception {
    long began = System.nanoTime();

    HttpResponse<String> answer = server.get("/poll-status?last_version=0");

    assertThat(elapsedSince(began)).isBetween(Duration.ofNanos(468_750_000), Duration.ofSeconds(5));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
    assertThat(header(answer, "ETag")).isEqualTo("\"%s-0\"".formatted(server.state().epoch()));
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "0.25", "0.4", "1", "01"})
  void holdsAsLongAsWaitSays(String wait) throws Exception {
    long began = System.nanoTime();

    HttpResponse<String> answer = server.get("/poll-status?last_version=0&wait=" + wait);

    long nanos = (long) (Double.parseDouble(wait) * 1e9);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(elapsedSince(began))
        .isBetween(Duration.ofNanos(nanos - nanos / 16), Duration.ofNanos(nanos).plusSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "last_version=",
        "last_version",
        "last_version=abc",
        "last_version=-1",
        "last_version=1.0",
        "last_version=1&last_version=1",
        "last_version=1&last_version=2",
        "last_version=9223372036854775808",
        "last_version=99999999999999999999",
        "last_version=1e3",
        "last_version=%2B1",
        "last_version=+1",
        "last_version=1%20",
        "last_version=0x1",
        "last_version=null",
        "last_version=%D9%A1",
        "wait=",
        "wait=abc",
        "wait=-1",
        "wait=31",
        "wait=30.001",
        "wait=1e1",
        "wait=NaN",
        "wait=.5",
        "wait=5.",
        "wait=%2B5",
        "wait=%D9%A1",
        "wait=1&wait=1",
        "epoch=",
        "epoch=a%20b",
        "epoch=a-b",
        "epoch=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "epoch=a&epoch=a",
        "task=",
        "task=a/b",
        "task=a%20b",
        "task=%C3%A9",
        "task=a&task=a",
      })
  void refusesABadParameterByItsName(String query) throws Exception {
    assertProblem(
        server.get("/poll-status?" + query), 400, query.replaceFirst("=.*", "") + ": must be");
  }

  @Test
  void refusesATaskThatDoesNotExist() throws Exception {
    assertProblem(server.get("/poll-status?task=nobody"), 404, "task: there is no task 'nobody'");
  }

  @Test
  void acceptsTheLongestWait() throws Exception {
    assertThat(server.get("/poll-status?wait=30").statusCode()).isEqualTo(200);
    assertThat(server.get("/poll-status?wait=30.000").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesSubscribersOverItsLimitAndAdmitsThemOnceThereIsRoom() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      held.add(server.hold("/poll-status?last_version=0&wait=30"));
    }

    HttpResponse<String> refused = server.get("/poll-status?last_version=0");
    assertProblem(refused, 503, "200 subscribers are waiting");
    assertThat(header(refused, "Retry-After")).containsOnlyDigits();

    server.update("x");
    for (CompletableFuture<HttpResponse<String>> request : held) {
      assertThat(request.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
    server.awaitSubscribers(0);
    assertThat(server.get("/poll-status?last_version=0").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"25s, 25", "500ms, 1", "1500ms, 2", "30s, 30"})
  void answerToHeadSaysTheHoldInWholeSeconds(String hold, String seconds) throws Exception {
    try (var other = TestServer.start("--hold=" + hold)) {
      for (String path : List.of("/poll-status", "/poll-status?last_version=0&wait=7")) {
        var head = HttpRequest.newBuilder(other.uri(path)).HEAD().build();

        assertThat(header(other.client.send(head, BodyHandlers.discarding()), "Poll-Hold"))
            .as(path)
            .isEqualTo(seconds);
      }
    }
  }

  @Test
  void answer204SaysTheHoldAndADeliveryDoesNot() throws Exception {
    HttpResponse<String> nothing = server.get("/poll-status?last_version=0&wait=0");
    assertThat(nothing.statusCode()).isEqualTo(204);
    assertThat(header(nothing, "Poll-Hold")).isEqualTo("1");

    assertThat(server.get("/poll-status").headers().firstValue("Poll-Hold")).isEmpty();
  }

  @Test
  void loopContinuesAfterA204() throws Exception {
    HttpResponse<String> first = server.get("/poll-status");
    HttpResponse<String> nothing = server.get("/poll-status?wait=0.1&last_version=0");
    assertThat(nothing.statusCode()).isEqualTo(204);
    assertThat(header(nothing, "ETag")).isEqualTo(header(first, "ETag"));

    CompletableFuture<HttpResponse<String>> held =
        server.hold("/poll-status?wait=30&last_version=0");
    server.update("x");

    assertThat(version(held.get(10, TimeUnit.SECONDS))).isEqualTo(1);
  }

  @Test
  void clientThatGoesAwayIsForgottenAfterItsHold() throws Exception {
    RawConnection client =
        server.connect().send("GET /poll-status?last_version=0&wait=0.5 HTTP/1.1", "Host: x", "");
    server.awaitSubscribers(1);

    try (var log = new Log()) {
      client.reset();

      server.awaitSubscribers(0);
      server.server.close();
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void carriesAnyTextAsUtf8() throws Exception {
    String status = "Échec 日本 \"\\ \u0001 🎉";
    server.update(status);

    try (RawConnection client = server.connect()) {
      String answer =
          client.send("GET /poll-status HTTP/1.1", "Host: x", "Connection: close", "").readToEnd();

      String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
      assertThat(json(body).getString("status")).isEqualTo(status);
      assertThat(answer).contains("Content-Length: " + body.getBytes(UTF_8).length + "\r\n");
    }
  }

  /// Like a client, each poll asks after the version in the tag of the answer before.
  @Test
  void losesNoUpdateBetweenTwoPollsInAStorm() throws Exception {
    int updates = 200;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Long>>> clients = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        clients.add(threads.submit(() -> pollUntil(updates)));
      }
      for (int i = 0; i < updates; i++) {
        server.update("x");
      }
      for (Future<List<Long>> client : clients) {
        assertThat(client.get(10, TimeUnit.SECONDS))
            .isSorted()
            .doesNotHaveDuplicates()
            .endsWith((long) updates);
      }
    }
  }

  private List<Long> pollUntil(long last) throws Exception {
    List<Long> seen = new ArrayList<>();
    String tag = server.state().epoch() + "-0";
    while (!tag.endsWith("-" + last)) {
      HttpResponse<String> answer =
          server.get("/poll-status?wait=0.05&epoch=" + tag.replace("-", "&last_version="));
      if (answer.statusCode() == 200) {
        seen.add(version(answer));
      }
      tag = header(answer, "ETag").replace("\"", "");
    }
    return seen;
  }

  private static Duration elapsedSince(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
