package pushlab.server.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static pushlab.server.testing.Problems.assertProblem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pushlab.server.state.Await;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;

/// Clients that write their whole request before they read. They can read why it was refused.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LingerTest {

  private static final int LONG = 5_000_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST /update-status HTTP/1.1 & Content-Length: 5000000 | 413",
        "POST /update-status HTTP/1.1 & Transfer-Encoding: chunked | 413",
        "POST /update-status HTTP/1.1 & Content-Length: 5000000 & Authorization: Bearer x | 413",
        "POST /update-status HTTP/1.1 & Content-Length: 5000000 & Origin: http://y | 413",
        "POST /nothing HTTP/1.1 & Content-Length: 500000 | 404",
        "GET /ws HTTP/1.1 & Content-Length: 500000 | 426",
        "POST /update-status HTTP/3.0 & Content-Length: 5000000 | 505",
        "POST /update-status?status=é HTTP/1.1 & Content-Length: 5000000 | 400",
        "POST /update-status HTTP/1.1 & Content-Length: 5000000 & Content-Length: 2 | 400",
        "POST /update-status HTTP/1.1 & Transfer-Encoding: gzip, chunked | 501",
        "POST /update-status HTTP/1.0 & Content-Length: 500000 & Content-Type: x/y | 415",
      })
  void refusalIsReadByAClientThatWritesFirst(String head, int status) throws Exception {
    try (var server = TestServer.start("--max-body=1000000");
        RawConnection client = server.connect()) {
      client.send(head.replace(" & ", "\r\n"), "Host: localhost", "");
      writeBody(client);

      assertThat(client.readToEnd()).startsWith("HTTP/1.1 " + status + " ").endsWith("}");
    }
  }

  private static void writeBody(RawConnection client) throws Exception {
    byte[] piece = "f4240\r\n%s\r\n".formatted("a".repeat(LONG / 5)).getBytes(UTF_8);
    for (int i = 0; i < 5; i++) {
      client.write(piece);
    }
  }

  @Test
  void connectionOverTheLimitCanReadTheRefusalEvenIfItWritesFirst() throws Exception {
    try (var server = TestServer.start("--max-connections=1");
        RawConnection first = server.connect()) {
      first.send("GET /status HTTP/1.1", "Host: localhost", "");
      first.readTo("\"}");
      try (RawConnection second = server.connect()) {
        second.send(
            "POST /update-status HTTP/1.1", "Host: localhost", "Content-Length: " + LONG, "");
        writeBody(second);

        assertProblem(second.readToEnd(), 503, "--max-connections");
      }
    }
  }

  /// The sending side is closed at once. The rest follows although the client does nothing.
  @Test
  void clientThatStaysIsCut() throws Exception {
    try (var server = TestServer.start();
        RawConnection client = server.connect()) {
      client.send("garbage");
      long start = System.nanoTime();
      assertProblem(client.readToEnd(), 400, "must be a method");
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(2));

      Await.until("it is cut", () -> server.server.connections().open() == 0);
    }
  }

  @Test
  void clientThatNeverEndsIsCut() throws Exception {
    assertIsCut(100_000, 0);
  }

  @Test
  @Tag("long")
  void clientThatNeverEndsIsCutAlsoIfItIsSlow() throws Exception {
    assertIsCut(1000, 50);
  }

  private static void assertIsCut(int bytes, int everyMillis) throws Exception {
    try (var server = TestServer.start();
        RawConnection client = server.connect()) {
      client.send("garbage");
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(
              () -> {
                while (true) {
                  client.write(new byte[bytes]);
                  TimeUnit.MILLISECONDS.sleep(everyMillis);
                }
              });
      Await.until("it is forgotten", () -> server.server.connections().open() == 0);
    }
  }

  @Test
  void stopWaitsForNoneOfThem() throws Exception {
    List<RawConnection> clients = new ArrayList<>();
    var server = TestServer.start();
    for (int i = 0; i < 50; i++) {
      clients.add(server.connect().send("garbage"));
    }
    for (RawConnection client : clients) {
      assertProblem(client.readToEnd(), 400, "must be a method");
    }
    long start = System.nanoTime();

    server.close();

    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
    for (RawConnection client : clients) {
      client.close();
    }
  }
}
