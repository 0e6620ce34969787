package pushlab.server.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;
import static pushlab.server.testing.TestServer.header;
import static pushlab.server.testing.TestServer.json;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.testing.TestServer;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UpdateStatusTest {

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final TestServer server = TestServer.start("--max-tasks=2", "--max-body=4096");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersWithTheNewSnapshotAndItsVersionIsOneHigher() throws Exception {
    HttpResponse<String> first = post(JSON, "{\"status\":\"En cours\"}");
    HttpResponse<String> second = post(JSON, "{\"status\":\"Terminée\"}");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(json(first).getInt("version")).isEqualTo(1);
    assertThat(json(second).getInt("version")).isEqualTo(2);
    assertThat(json(second).getString("status")).isEqualTo("Terminée");
    assertThat(header(second, "ETag")).isEqualTo("\"%s-2\"".formatted(server.state().epoch()));
    assertThat(server.get("/status").body()).isEqualTo(second.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, "application/json; charset=utf-8", "Application/JSON"})
  void acceptsJson(String type) throws Exception {
    assertTaken(post(type, "{\"status\":\"Échec\",\"other\":{\"a\":[1]}}"), "Échec");
  }

  @Test
  void acceptsAForm() throws Exception {
    assertTaken(post(FORM, "other=1&status=%C3%89chec+2%20%26"), "Échec 2 &");
  }

  @Test
  void acceptsAQuery() throws Exception {
    assertTaken(server.send("POST", "/update-status?other&status=%C3%89chec+2"), "Échec 2");
  }

  @Test
  void bodyWinsOverTheQuery() throws Exception {
    assertTaken(
        server.send(
            "POST", "/update-status?status=query", JSON, "{\"status\":\"body\"}".getBytes(UTF_8)),
        "body");
    assertThat(
            json(server.send(
                    "POST",
                    "/update-status?task=other",
                    JSON,
                    "{\"status\":\"x\"}".getBytes(UTF_8)))
                .getString("task"))
        .isEqualTo("other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", " ", "\u0000", "0"})
  void acceptsAnyCharacter(String status) throws Exception {
    assertTaken(
        server.send("POST", "/update-status?status=" + URLEncoder.encode(status, UTF_8)), status);
  }

  @Test
  void accepts256CharactersOfSeveralBytesEach() throws Exception {
    assertTaken(post(JSON, "{\"status\":\"" + "x".repeat(256) + "\"}"), "x".repeat(256));
    assertThat(json(post(JSON, "{\"status\":\"" + "🎉".repeat(256) + "\"}")).getString("status"))
        .isEqualTo("🎉".repeat(256));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                             | status: is missing",
        "{\"Status\":\"x\"}             | status: is missing",
        "{\"status\":\"\"}              | status: must be 1 to 256 characters, not 0",
        "{\"status\":null}              | status: must be a text, not null",
        "{\"status\":1}                 | status: must be a text, not number",
        "{\"status\":true}              | status: must be a text, not true",
        "{\"status\":[\"x\"]}           | status: must be a text, not array",
        "{\"status\":{\"a\":\"b\"}}     | status: must be a text, not object",
        "{\"status\":\"\\ud83c\"}       | status: has half a surrogate pair",
        "{\"status\":\"x\",\"task\":\"\"}    | task: must be",
        "{\"status\":\"x\",\"task\":\"a/b\"} | task: must be",
        "{\"status\":\"x\",\"task\":1}  | task: must be a text, not number",
        "{                              | body: is not a JSON object",
        "{\"status\":\"x\"              | body: is not a JSON object",
        "{\"status\":\"x\"} y           | body: is not a JSON object",
        "{\"status\":\"x\"}{}           | body: is not a JSON object",
        "[\"x\"]                        | body: is not a JSON object",
        "\"x\"                          | body: is not a JSON object",
        "x                              | body: is not a JSON object",
        "' '                            | body: is not a JSON object",
      })
  void refusesBadJson(String body, String detail) throws Exception {
    assertRefused(post(JSON, body), 400, detail);
  }

  @Test
  void refusesJsonThatIsNestedTooDeep() throws Exception {
    assertRefused(
        post(JSON, "{\"a\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}"),
        400,
        "body: is not a JSON object");
  }

  @Test
  void refusesJsonThatIsNotUtf8() throws Exception {
    assertRefused(
        server.send("POST", "/update-status", JSON, "{\"status\":\"Échec\"}".getBytes(ISO_8859_1)),
        400,
        "body: is not UTF-8");
  }

  @Test
  void refuses257Characters() throws Exception {
    assertRefused(
        post(JSON, "{\"status\":\"" + "x".repeat(257) + "\"}"), 400, "characters, not 257");
    assertRefused(
        post(JSON, "{\"status\":\"" + "🎉".repeat(257) + "\"}"), 400, "characters, not 257");
  }

  @ParameterizedTest
  @CsvSource({
    "other=x, status: is missing",
    "'', status: is missing",
    "status=, 'status: must be 1 to 256 characters, not 0'",
    "status, 'status: must be 1 to 256 characters, not 0'",
    "status=a&status=b, status: must be given once only",
    "status=x&task=a%2Fb, task: must be",
  })
  void refusesABadFormAndABadQuery(String fields, String detail) throws Exception {
    assertRefused(post(FORM, fields), 400, detail);
    assertRefused(server.send("POST", "/update-status?" + fields), 400, detail);
  }

  @ParameterizedTest
  @CsvSource({
    "status=%zz, body: has a % without",
    "status=x%, body: has a % without",
    "%zz=x, body: has a % without",
    "status=%C9chec, body: is not UTF-8",
    "status=%ED%A0%80, body: is not UTF-8",
  })
  void refusesAFormThatIsBadlyEncoded(String form, String detail) throws Exception {
    assertRefused(post(FORM, form), 400, detail);
  }

  @Test
  void refusesAQueryThatIsNotUtf8() throws Exception {
    assertRefused(server.send("POST", "/update-status?status=%C9chec"), 400, "query: is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data; boundary=x"})
  void refusesAnotherContentType(String type) throws Exception {
    assertRefused(post(type, "{\"status\":\"x\"}"), 415, "Content-Type: must be application/json");
  }

  @Test
  void refusesAMalformedContentType() throws Exception {
    assertRefused(post("garbage", "{\"status\":\"x\"}"), 400, "content type");
  }

  @Test
  void refusesTasksOverItsLimit() throws Exception {
    assertThat(server.send("POST", "/update-status?status=x&task=second").statusCode())
        .isEqualTo(200);

    assertRefused(
        server.send("POST", "/update-status?status=x&task=third"), 429, "there are 2 tasks");
    assertThat(server.get("/status?task=third").statusCode()).isEqualTo(404);
    assertThat(server.send("POST", "/update-status?status=y&task=second").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS"})
  void refusesEveryMethodExceptPost(String method) throws Exception {
    HttpResponse<String> answer = server.send(method, "/update-status?status=x");

    assertRefused(answer, 405, "/update-status takes POST, not " + method);
    assertThat(header(answer, "Allow")).isEqualTo("POST");
  }

  private HttpResponse<String> post(String type, String body) throws Exception {
    return server.send("POST", "/update-status", type, body.getBytes(UTF_8));
  }

  private void assertTaken(HttpResponse<String> answer, String status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).getString("status")).isEqualTo(status);
    assertThat(server.state().current().version()).isEqualTo(1);
    assertThat(server.state().current().status()).isEqualTo(status);
  }

  private void assertRefused(HttpResponse<String> answer, int status, String detail) {
    assertProblem(answer, status, detail);
    assertThat(server.state().current().version()).isZero();
  }
}
