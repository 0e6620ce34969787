package pushlab.bench.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static pushlab.bench.SmallServer.send;
import static pushlab.bench.SmallServer.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.bench.NobodyListens;
import pushlab.bench.SmallServer;
import pushlab.bench.SmallServer.Snapshot;
import pushlab.bench.check.Finding.Outcome;
import pushlab.server.PushlabServer;
import pushlab.server.options.ServerOptions;

/// The check on correct servers, and on servers that are wrong, each in one way.
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class CheckTest {

  static final Duration HOLD = Duration.ofMillis(2200);
  static final Duration SHORTEST_HOLD = Duration.ofMillis(1800);

  private final SmallServer server = SmallServer.start(HOLD);
  private String said = "";

  CheckTest() throws IOException {}

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void aCorrectServerKeepsEveryRule() throws Exception {
    assertKeepsAll(Checking.upToThrice(it -> broken(it).isEmpty(), this::check));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--delivery=loop", "--delivery=threads", "--tls-self-signed"})
  void ourServerKeepsEveryRuleHoweverItDelivers(String option) throws Exception {
    try (var ours =
        PushlabServer.start(
            ServerOptions.parse("--port=0", "--hold=2200ms", "--update-token=secret", option))) {
      assertKeepsAll(
          Checking.upToThrice(
              it -> broken(it).isEmpty(),
              () ->
                  check(ours.address(), "--insecure", "--update-token=secret", "--task=homework")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachFaultIsCaughtAndNamedByItsRule(Fault fault) throws Exception {
    CheckResult checked =
        Checking.upToThrice(
            it -> !fault.breaksNothingElse() || broken(it).size() == fault.caughtBy().size(),
            () -> {
              try (SmallServer wrong = SmallServer.start(HOLD)) {
                fault.in(wrong);
                return check(wrong.address());
              }
            });

    List<Finding> broken = broken(checked);
    if (fault.breaksNothingElse()) {
      assertThat(broken)
          .extracting(Finding::rule)
          .containsExactlyInAnyOrderElementsOf(fault.caughtBy());
    } else {
      assertThat(broken).extracting(Finding::rule).containsAll(fault.caughtBy());
    }
    assertThat(checked.right()).isEqualTo(broken.stream().noneMatch(Finding::required));
    assertThat(checked.passes(false)).isEqualTo(checked.right());
    assertThat(checked.passes(true)).as("a fault fails where all is strict").isFalse();
    assertThat(broken)
        .allSatisfy(
            finding ->
                assertThat(said)
                    .contains(finding.rule(), finding.found(), finding.meaning())
                    .contains(finding.sentence()));
  }

  @Test
  void aServerWithOtherNamesIsCheckedWithOptions() throws Exception {
    server.on(
        "/app/attente",
        (request, out) -> {
          long seen = Long.parseLong(request.query().get("vu"));
          Optional<Snapshot> next = server.awaitOther(seen, HOLD);
          if (next.isPresent()) {
            send(out, 200, otherwise(next.get()));
          } else {
            send(out, next);
          }
        });
    server.on(
        "/app/changer",
        (request, out) -> {
          String etat = request.body().replaceFirst("^etat=", "");
          if (request.method().equals("PUT") && !etat.isEmpty()) {
            send(
                out,
                200,
                otherwise(server.update(URLDecoder.decode(etat, StandardCharsets.UTF_8))));
          } else {
            send(out, 400, "{}");
          }
        });
    CheckResult checked =
        Checking.upToThrice(
            it -> broken(it).isEmpty(),
            () ->
                check(
                    URI.create(server.address() + "/app/"),
                    "--poll-path=/attente",
                    "--update-path=/changer",
                    "--update-method=PUT",
                    "--update-format=form",
                    "--update-field=etat",
                    "--last-version-parameter=vu",
                    "--nothing-seen=-1",
                    "--version-field=/tache/numero",
                    "--status-field=/tache/etat"));

    assertThat(checked.findings()).filteredOn(Finding::isBroken).isEmpty();
    assertThat(checked.findings())
        .filteredOn(finding -> finding.outcome() == Outcome.SKIP)
        .extracting(Finding::group)
        .containsOnly(
            "Short poll", "Event stream", "NDJSON stream", "WebSocket", "What stands between");
  }

  private static String otherwise(Snapshot snapshot) {
    var task =
        new ObjectMapper()
            .createObjectNode()
            .put("numero", snapshot.version())
            .put("etat", snapshot.status());
    return "{\"tache\":" + task + "}";
  }

  @Test
  void theCoursesOwnNamesNeedNoOption() throws Exception {
    server.on(
        "/poll-status",
        (request, out) -> {
          Optional<Snapshot> next = server.awaitOther(request.lastVersion(), HOLD);
          if (next.isPresent()) {
            send(
                out,
                200,
                next.get()
                    .json()
                    .replace("\"version\":", "\"status_version\":")
                    .replace("\"status\":", "\"current_task_status\":"));
          } else {
            send(out, next);
          }
        });
    assertKeepsAll(Checking.upToThrice(it -> broken(it).isEmpty(), this::check));
  }

  @Test
  void aForeignServerGetsNoFurtherRequests() throws Exception {
    server.on("/poll-status", (_, out) -> send(out, 200, "<html>Hello</html>"));

    CheckResult checked = check();

    assertThat(checked.right()).isFalse();
    assertThat(said).contains("FAIL  first answer", "is not JSON: <html>Hello</html>");
    assertThat(checked.findings().subList(2, checked.findings().size()))
        .extracting(Finding::found)
        .containsOnly("needs 'an update makes a newer version', which the server does not keep");
  }

  @Test
  void aServerThatSendsItsAnswerSlowlyIsGivenUp() throws Exception {
    server.on(
        "/poll-status",
        (_, out) -> {
          write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{");
          server.awaitOther(server.current().version());
        });
    assertThat(check().right()).isFalse();
    assertThat(said).contains("no answer to GET /poll-status within 1.5 s");
  }

  @Test
  void aServerThatStopsDuringTheCheckIsReported() throws Exception {
    var polls = new AtomicInteger();
    server.on(
        "/poll-status",
        (request, out) -> {
          if (polls.incrementAndGet() == 100) {
            server.close();
          }
          send(out, server.awaitOther(request.lastVersion(), HOLD));
        });
    CheckResult checked = check();
    assertThat(checked.right()).isFalse();
    assertThat(checked.findings().getLast().found()).isEqualTo("the server has stopped");
  }

  @Test
  void aMissingServerIsNotChecked() throws IOException {
    try (var nobody = new NobodyListens()) {
      assertThatIOException().isThrownBy(() -> check(nobody.address()));
    }
  }

  @Test
  void jsonAndPageHaveEachRule() throws Exception {
    Fault.KEEPS_ASCII_ONLY.in(server);
    CheckResult checked = Checking.upToThrice(it -> broken(it).size() == 2, this::check);

    JsonNode json = new ObjectMapper().readTree(checked.json());
    assertThat(json.path("right").asBoolean(true)).isFalse();
    assertThat(json.path("address").asText()).isEqualTo(server.address().toString());
    assertThat(json.path("findings")).hasSameSizeAs(checked.findings());
    assertThat(json.path("findings"))
        .filteredOn(finding -> finding.path("outcome").asText().equals("fail"))
        .extracting(finding -> finding.path("rule").asText())
        .containsExactly("UTF-8");

    String page = CheckPage.of(checked);
    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("<tr class=\"fail\">", "&#39;Termin?e&#39;", "Maintient l&#39;état actuel")
        .doesNotContain("src=", "<link rel=\"stylesheet\"");
    for (Finding finding : checked.findings()) {
      assertThat(page).contains("<strong>" + finding.rule().replace("'", "&#39;") + "</strong>");
    }
  }

  private void assertKeepsAll(CheckResult checked) {
    assertThat(checked.findings())
        .filteredOn(finding -> finding.outcome() != Outcome.PASS)
        .extracting(Finding::rule, Finding::found)
        .isEmpty();
    assertThat(checked.findings()).hasSizeGreaterThanOrEqualTo(53);
    assertThat(said)
        .containsPattern("pass  no wake-up is lost: none in \\d+ races, which is not a proof");
    assertThat(checked.right()).isTrue();
  }

  private static List<Finding> broken(CheckResult checked) {
    return checked.findings().stream().filter(Finding::isBroken).toList();
  }

  private CheckResult check() throws IOException, InterruptedException {
    return check(server.address());
  }

  private CheckResult check(URI address, String... arguments)
      throws IOException, InterruptedException {
    Checking checking = Checking.of(address, arguments);
    said = checking.said();
    return checking.checked();
  }
}
