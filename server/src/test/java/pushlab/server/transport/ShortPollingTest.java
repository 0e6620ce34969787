package pushlab.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;
import static pushlab.server.testing.TestServer.header;
import static pushlab.server.testing.TestServer.version;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.testing.TestServer;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShortPollingTest {

  private final TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersAtOnceWithTheSnapshotAndItsTag() throws Exception {
    server.update("En cours");

    HttpResponse<String> answer = server.get("/status");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(version(answer)).isEqualTo(1);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(header(answer, "ETag")).isEqualTo("\"%s-1\"".formatted(server.state().epoch()));
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"%s-1\"",
        "W/\"%s-1\"",
        "\"other-1\", \"%s-1\"",
        "\"other-1\",W/\"%s-1\" , \"x\"",
        "*",
      })
  void answers304ToAClientWithTheCurrentVersion(String tags) throws Exception {
    server.update("En cours");

    HttpResponse<String> answer =
        server.get("/status", "If-None-Match", tags.formatted(server.state().epoch()));

    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
    assertThat(header(answer, "ETag")).isEqualTo("\"%s-1\"".formatted(server.state().epoch()));
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"%s-0\"",
        "\"%s-2\"",
        "\"other-1\"",
        "\"other-1\", \"%s-0\"",
        "\"\"",
        "\"1\"",
        "x",
        "\"%s-99999999999999999999\"",
      })
  void answers200ToAClientWithAnotherVersion(String tags) throws Exception {
    server.update("En cours");

    HttpResponse<String> answer =
        server.get("/status", "If-None-Match", tags.formatted(server.state().epoch()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(version(answer)).isEqualTo(1);
  }

  @Test
  void answersWithTheNamedTask() throws Exception {
    server.send("POST", "/update-status?status=x&task=other");

    assertThat(version(server.get("/status?task=other"))).isEqualTo(1);
    assertThat(version(server.get("/status"))).isZero();
    assertProblem(server.get("/status?task=nobody"), 404, "task: there is no task 'nobody'");
    assertProblem(server.get("/status?task=a/b"), 400, "task: must be");
  }
}
