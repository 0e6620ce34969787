package pushlab.bench.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.bench.SmallServer.beginEvents;
import static pushlab.bench.SmallServer.send;
import static pushlab.bench.SmallServer.write;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.bench.SmallServer;
import pushlab.bench.SmallWebSocket;
import pushlab.bench.net.Printable;

/// The check of hostile servers: it ends, keeps little of what they send, and prints none of their
/// control characters.
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class HostileServerTest {

  private static final String ESCAPES = "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202eevil\u0000";
  private static final int MOST_SAID = 60_000;

  /// The answer of a server to every request.
  enum Answers {
    HEADERS_WITHOUT_END("HTTP/1.1 200 OK\r\n", "X-More: and more\r\n"),
    A_HEADER_WITHOUT_END("HTTP/1.1 200 OK\r\nX: ", "more"),
    A_STATUS_LINE_WITHOUT_END("HTTP/1.1 200 ", "OK"),
    A_BODY_WITHOUT_END("HTTP/1.1 200 OK\r\n\r\n", "{\"version\":1,"),
    CHUNKS_WITHOUT_END("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "4\r\n1234\r\n"),
    A_HUGE_CHUNK(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n", "1234"),
    INTERIM_ANSWERS_WITHOUT_END("", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
    A_REDIRECT_TO_ITSELF(
        "HTTP/1.1 302 Found\r\nLocation: /poll-status\r\nContent-Length: 0\r\n\r\n", ""),
    A_BOMB("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", "\u001f\u0008bomb"),
    DEEP_JSON("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + "[".repeat(500_000), null),
    A_HUGE_NUMBER(
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"version\":1e999999999,\"status\":\"En cours\"}",
        null),
    A_HUGE_STATUS(
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"version\":1,\"status\":\""
            + "s".repeat(500_000)
            + "\"}",
        null),
    CONTROL_CHARACTERS(
        "HTTP/1.1 400 \u001b[31m\r\nServer: nginx\u001b[31m\r\nConnection: close\r\n\r\n" + ESCAPES,
        null),
    NOTHING_BUT_CONTROL_CHARACTERS(ESCAPES, null);

    private final String first;
    private final String more;
    private final boolean ends;

    /// @param more sent again and again; null closes the connection
    Answers(String first, @Nullable String more) {
      this.first = first;
      this.more = more == null ? "" : more.repeat(1000);
      this.ends = more == null;
    }

    void write(OutputStream out) throws IOException, InterruptedException {
      out.write(first.getBytes(UTF_8));
      while (!ends && !more.isEmpty()) {
        out.write(more.getBytes(UTF_8));
        // Slow enough for a busy machine, and far more than the check keeps.
        Thread.sleep(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theCheckEndsAndPrintsLittleWhateverTheAnswer(Answers answers) throws Exception {
    try (var listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> accept(listener, answers));
      URI address = URI.create("http://127.0.0.1:" + listener.getLocalPort());
      try {
        Checking checking = Checking.of(address);
        assertThat(checking.checked().right()).isFalse();
        assertPlainAndShort(checking);
      } catch (IOException e) {
        // An answer that is not HTTP ends the check; the command line prints why.
        assertThat(Printable.brief(String.valueOf(e.getMessage()))).hasSizeLessThan(600);
      }
    }
  }

  private static void accept(ServerSocket listener, Answers answers) {
    try {
      while (true) {
        Socket connection = listener.accept();
        Thread.startVirtualThread(
            () -> {
              try (connection) {
                connection.getInputStream().read(new byte[4096]);
                answers.write(connection.getOutputStream());
                connection.shutdownOutput();
                connection.getInputStream().transferTo(OutputStream.nullOutputStream());
              } catch (IOException _) {
                // The check has disconnected.
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
      }
    } catch (IOException _) {
      // The server is closed.
    }
  }

  @Test
  void endlessFeedsAreClosed() throws Exception {
    try (SmallServer server = SmallServer.start(CheckTest.HOLD)) {
      server
          .on(
              "/events",
              (_, out) -> {
                beginEvents(out);
                while (true) {
                  write(out, "data: no end ".repeat(1000));
                }
              })
          .on(
              "/ws",
              (request, out) -> {
                var socket = SmallWebSocket.accept(request, out);
                while (true) {
                  socket.send(server.current().json());
                }
              });
      Checking checking =
          Checking.upToThrice(
              it -> it.said().contains("FAIL  WebSocket: each update"),
              () -> Checking.of(server.address()));

      assertThat(checking.said())
          .contains("a line has more than 65536 characters")
          .contains("FAIL  WebSocket: each update");
      assertPlainAndShort(checking);
    }
  }

  @Test
  void controlCharactersOfTheServerAreNotPrinted() throws Exception {
    try (SmallServer server = SmallServer.start(CheckTest.HOLD)) {
      server
          .on("/status", (_, out) -> send(out, 500, ESCAPES))
          .on("/ws", (_, out) -> send(out, 503, ESCAPES, "Via: 1.1 " + ESCAPES.substring(0, 4)))
          .on(
              "/events",
              (_, out) -> {
                beginEvents(out);
                write(out, "id: \u001b[31m\ndata: %s\n\n".formatted(ESCAPES));
                Thread.sleep(CheckTest.HOLD);
              });
      Checking checking =
          Checking.upToThrice(
              it -> it.said().contains("\\u001b[2J"), () -> Checking.of(server.address()));

      assertThat(checking.said()).contains("\\u001b[2J", "\\u009b31m", "\\u202eevil");
      assertPlainAndShort(checking);
    }
  }

  private static void assertPlainAndShort(Checking checking) throws IOException {
    String json = checking.checked().json();
    for (String text : new String[] {checking.said(), json, CheckPage.of(checking.checked())}) {
      assertThat(text.chars().filter(HostileServerTest::controls).boxed().map(Integer::toHexString))
          .as(text.substring(0, Math.min(2000, text.length())))
          .isEmpty();
    }
    assertThat(new ObjectMapper().readTree(json).path("findings")).isNotEmpty();
    assertThat(checking.said()).hasSizeLessThan(MOST_SAID);
  }

  private static boolean controls(int character) {
    return (Character.isISOControl(character) && character != '\n')
        || Character.getType(character) == Character.FORMAT;
  }
}
