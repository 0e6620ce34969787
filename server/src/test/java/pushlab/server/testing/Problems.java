package pushlab.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;

/// What all refusals have in common.
public final class Problems {

  private Problems() {}

  public static void assertProblem(HttpResponse<String> response, int status, String detail) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(TestServer.header(response, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(TestServer.header(response, "Cache-Control")).isEqualTo("no-store");
    assertDocument(response.body(), status, detail);
  }

  /// Checks an answer that was received as text.
  public static void assertProblem(String answer, int status, String detail) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("\r\nContent-Type: application/problem+json\r\n");
    assertDocument(answer.substring(answer.indexOf("\r\n\r\n") + 4), status, detail);
  }

  private static void assertDocument(String document, int status, String detail) {
    JsonObject problem = TestServer.json(document);
    assertThat(problem.keySet()).containsExactlyInAnyOrder("title", "status", "detail", "instance");
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("detail")).contains(detail);
    assertThat(document).doesNotContain("Exception", "java.", "helidon", "\\tat ", "radix");
  }
}
