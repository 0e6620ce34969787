package pushlab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.Problems.assertProblem;
import static pushlab.server.TestServer.header;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.server.state.Await;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoppingTest {

  private final TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersEveryHeldRequest() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      held.add(server.hold("/poll-status?last_version=0&wait=30"));
    }

    server.server.close();

    for (CompletableFuture<HttpResponse<String>> request : held) {
      HttpResponse<String> answer = request.get(10, TimeUnit.SECONDS);
      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(header(answer, "ETag")).endsWith("-0\"");
    }
    assertThat(server.server.readers().waiting()).isZero();
  }

  @Test
  void waitsForAReaderThatDoesNotReadButForItsGraceOnlyAndServesNobodyMeanwhile() throws Exception {
    try (RawConnection _ = server.readerThatDoesNotRead()) {
      long began = System.nanoTime();
      Thread stopping = Thread.startVirtualThread(server.server::close);
      Await.until("the server is stopping", () -> server.state().isClosed());

      HttpResponse<String> refused = server.get("/poll-status?last_version=0");
      assertProblem(refused, 503, "the server is stopping");
      assertThat(header(refused, "Retry-After")).containsOnlyDigits();
      assertProblem(server.send("POST", "/update-status?status=x"), 503, "stopping");
      assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(server.get("/health/ready").body())
          .isEqualTo("{\"status\":\"DOWN\",\"reason\":\"the server is stopping\"}");

      stopping.join();
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(10));
    }
  }

  @Test
  void mayBeToldTwice() {
    server.server.close();
    server.server.close();

    assertThat(server.server.readers().waiting()).isZero();
  }
}
