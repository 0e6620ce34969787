package pushlab.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;
import static pushlab.server.testing.TestServer.header;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.testing.TestServer;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UpdateTokenTest {

  private final TestServer server = TestServer.start("--update-token=ab.c-1~+/==");

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ab.c-1~+/==", "bearer ab.c-1~+/==", "BEARER  ab.c-1~+/=="})
  void clientWithTheTokenMayUpdate(String authorization) throws Exception {
    assertThat(server.update("x", "Authorization", authorization).statusCode()).isEqualTo(200);
  }

  @Test
  void requestWithoutATokenGetsAChallengeWithoutAnError() throws Exception {
    HttpResponse<String> answer = server.update("x", new String[0]);

    assertRefused(answer, "needs the header Authorization: Bearer");
    assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Bearer realm=\"pushlab\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic ab.c-1~+/==", "Bearer", "Bearer é", "ab.c-1~+/==", "Bearer a b"})
  void malformedBearerTokenIsNoToken(String authorization) throws Exception {
    assertRefused(server.update("x", "Authorization", authorization), "needs the header");
  }

  @Test
  void twoTokensAreNoToken() throws Exception {
    assertRefused(
        server.update(
            "x", "Authorization", "Bearer ab.c-1~+/==", "Authorization", "Bearer ab.c-1~+/=="),
        "needs the header");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab.c-1~+/=", "AB.C-1~+/==", "a", "ab.c-1~+/==="})
  void wrongTokenIsAnInvalidToken(String token) throws Exception {
    HttpResponse<String> answer = server.update("x", "Authorization", "Bearer " + token);

    assertRefused(answer, "not the right one");
    assertThat(header(answer, "WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"pushlab\", error=\"invalid_token\"");
  }

  @Test
  void readingNeedsNoToken() throws Exception {
    assertThat(server.get("/status").statusCode()).isEqualTo(200);
    assertThat(server.get("/poll-status").statusCode()).isEqualTo(200);
  }

  private void assertRefused(HttpResponse<String> answer, String detail) {
    assertProblem(answer, 401, "Authorization: ");
    assertProblem(answer, 401, detail);
    assertThat(answer.body()).doesNotContain("ab.c");
    assertThat(server.state().current().version()).isZero();
  }
}
