package pushlab.bench.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static pushlab.bench.SmallServer.send;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.bench.SmallServer;
import pushlab.bench.SmallServer.Snapshot;
import pushlab.server.PushlabServer;
import pushlab.server.ServerOptions;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class CheckTest {

  private static final Duration HOLD = Duration.ofSeconds(3);
  private static final Duration SHORTEST_HOLD = Duration.ofMillis(2500);
  private static final Duration LONGEST_HOLD = Duration.ofSeconds(8);

  private final SmallServer server = SmallServer.start(HOLD);
  private String said = "";

  CheckTest() throws IOException {}

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void ourServerKeepsEveryRuleInClearTextAndByTls(String tls) throws Exception {
    try (var ours =
        PushlabServer.start(
            ServerOptions.parse("--port=0", "--hold=3s", "--tls-self-signed=" + tls))) {
      assertThat(check(ours.address())).isTrue();
    }
    assertThat(said.lines()).hasSize(8).allMatch(line -> line.startsWith("pass  "));
  }

  @Test
  void aServerAsTheCourseAsksForKeepsEveryRule() throws Exception {
    assertThat(check(server.address())).isTrue();
    assertThat(said.lines()).hasSize(8).allMatch(line -> line.startsWith("pass  "));
  }

  @Test
  void aServerThatWakesOneOfItsWaitersOnlyIsCaught() throws Exception {
    var woken = new AtomicLong();
    server.on(
        "/poll-status",
        (request, out) -> {
          boolean held = request.lastVersion() == server.current().version();
          Optional<Snapshot> next = server.awaitOther(request.lastVersion(), HOLD);
          if (held && next.isPresent() && woken.getAndSet(next.get().version()) == woken(next)) {
            next = server.awaitOther(next.get().version(), HOLD);
          }
          send(out, next);
        });
    assertFails("held, then all are woken", "1 of 50 held requests got the update");
  }

  private static long woken(Optional<Snapshot> next) {
    return next.orElseThrow().version();
  }

  @Test
  void aServerWhoseVersionDoesNotGrowIsCaught() throws Exception {
    server.on(
        "/update-status",
        (request, out) ->
            send(out, 200, new Snapshot(server.current().version(), request.status()).json()));
    assertFails("an update grows the version", "version 0 came after 0");
  }

  @Test
  void aServerWhoseVersionGrowsByTwoIsCaught() throws Exception {
    server.on(
        "/update-status",
        (request, out) -> {
          server.update("between");
          send(out, 200, server.update(request.status()).json());
        });
    assertFails("an update grows the version", "version 2 came after 0");
  }

  @Test
  void aServerThatAnswersAtOnceThoughNothingIsNewerIsCaught() throws Exception {
    server.on("/poll-status", (_, out) -> send(out, 200, server.current().json()));
    assertFails("held, then all are woken", "a request was answered though nothing had changed");
  }

  @Test
  void aServerThatNeverEndsAHoldIsCaught() throws Exception {
    server.on(
        "/poll-status",
        (request, out) -> send(out, 200, server.awaitOther(request.lastVersion()).json()));
    assertFails("the hold ends", "no answer within 8 s");
  }

  @Test
  void aServerThatEndsAHoldTooSoonIsCaught() throws Exception {
    assertThat(run(server.address(), HOLD.plusSeconds(1), LONGEST_HOLD)).isFalse();
    assertThat(said).contains("FAIL  the hold ends").contains("found: it gave up after 3 s");
    assertThat(said.lines().filter(line -> line.startsWith("pass  "))).hasSize(7);
  }

  @Test
  void aServerThatBreaksCharactersIsCaught() throws Exception {
    server.on(
        "/update-status",
        (request, out) -> {
          byte[] bytes = request.status().getBytes(StandardCharsets.US_ASCII);
          send(out, 200, server.update(new String(bytes, StandardCharsets.US_ASCII)).json());
        });
    assertFails("UTF-8", "'Échec — 失敗 🚦' came back as '?chec");
  }

  @Test
  void aServerThatHoldsWhoeverIsBehindIsCaught() throws Exception {
    server.on(
        "/poll-status",
        (request, out) ->
            send(
                out,
                request.lastVersion() < 0
                    ? Optional.of(server.current())
                    : server.awaitOther(server.current().version(), HOLD)));
    assertFails("behind: at once", "no answer within 2 s");
  }

  @Test
  void aServerThatHangsUpOnWhomItHoldsIsCaught() throws Exception {
    server.on(
        "/poll-status",
        (request, out) -> {
          if (request.lastVersion() == server.current().version()) {
            throw new IOException("enough");
          }
          send(out, 200, server.current().json());
        });
    // What was found depends on how often the check's client tried again by itself.
    assertFails("held, then all are woken", "");
  }

  @Test
  void aServerOfSomethingElseIsCaught() throws Exception {
    server.on("/poll-status", (_, out) -> send(out, 200, "<html>Hello</html>"));
    assertFails("first answer", "what it answered is not JSON: <html>Hello</html>");
  }

  @Test
  void aServerThatHoldsAVersionItDoesNotKnowIsWeakButNotWrong() throws Exception {
    server.on(
        "/poll-status",
        (request, out) -> {
          long seen = Math.min(request.lastVersion(), server.current().version());
          send(out, server.awaitOther(seen, HOLD));
        });
    assertThat(check(server.address())).isTrue();
    assertThat(said).contains("weak  a version ahead is not held").doesNotContain("FAIL");
  }

  @Test
  void aServerThatIsNotThereIsNotChecked() throws IOException {
    URI nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    assertThatIOException().isThrownBy(() -> check(nobody));
  }

  private void assertFails(String rule, String found) throws Exception {
    assertThat(check(server.address())).isFalse();
    String[] lines = said.split("\n", -1);
    for (int line = 0; line < lines.length; line++) {
      if (lines[line].equals("FAIL  " + rule)) {
        assertThat(lines[line + 1]).startsWith("      expected: ");
        assertThat(lines[line + 2]).startsWith("      found: " + found);
        return;
      }
    }
    assertThat(said).contains("FAIL  " + rule);
  }

  private boolean check(URI address) throws IOException, InterruptedException {
    return run(address, SHORTEST_HOLD, LONGEST_HOLD);
  }

  private boolean run(URI address, Duration shortestHold, Duration longestHold)
      throws IOException, InterruptedException {
    var out = new ByteArrayOutputStream();
    boolean good =
        Check.run(
            address,
            true,
            shortestHold,
            longestHold,
            new PrintStream(out, true, StandardCharsets.UTF_8));
    said = out.toString(StandardCharsets.UTF_8);
    return good;
  }
}
