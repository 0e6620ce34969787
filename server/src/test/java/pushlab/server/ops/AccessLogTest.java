package pushlab.server.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.server.PushlabServer;
import pushlab.server.net.Delivery;
import pushlab.server.options.ServerOptions;
import pushlab.server.state.Await;
import pushlab.server.testing.Log;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.RawHttp2;
import pushlab.server.testing.ServerProcess;
import pushlab.server.testing.TestServer;
import pushlab.server.testing.WebSocketClient;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AccessLogTest {

  @TempDir private Path folder;

  @Test
  void hasALineForEachRequest() throws Exception {
    try (var server = start()) {
      server.get("/status");
      server.get("/poll-status?last_version=abc");
      server.update("x");

      List<JsonObject> lines = awaitLines(3);
      JsonObject read = lines.getFirst();
      assertThat(Instant.parse(read.getString("time")))
          .isBetween(Instant.now().minusSeconds(30), Instant.now());
      assertThat(read.getString("client")).isEqualTo("127.0.0.1");
      assertThat(read.getString("method")).isEqualTo("GET");
      assertThat(read.getString("path")).isEqualTo("/status");
      assertThat(read.getString("protocol")).isEqualTo("HTTP/1.1");
      assertThat(read.getInt("status")).isEqualTo(200);
      assertThat(read.getInt("bytes")).isPositive();
      assertThat(read.getInt("ms")).isNotNegative();
      assertThat(lines.get(1).getString("path")).isEqualTo("/poll-status?last_version=abc");
      assertThat(lines.get(1).getInt("status")).isEqualTo(400);
      assertThat(lines.get(2).getString("method")).isEqualTo("POST");
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void heldRequestHasItsLineWhenItIsAnswered(Delivery delivery) throws Exception {
    try (var server = start(delivery)) {
      CompletableFuture<HttpResponse<String>> held = server.hold("/poll-status?last_version=0");
      server.get("/status");
      assertThat(awaitLines(1).getFirst().getString("path")).isEqualTo("/status");
      server.state().update("x");
      held.join();

      JsonObject line = awaitLines(2).getLast();

      assertThat(line.getString("path")).isEqualTo("/poll-status?last_version=0");
      assertThat(line.getInt("status")).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void saysHowLongAnAnswerIs(Delivery delivery) throws Exception {
    try (var server = start(delivery);
        RawConnection client = server.connect()) {
      for (String query : new String[] {"", "?last_version=0&wait=0", "?last_version=0&wait=1"}) {
        client.send("GET /poll-status" + query + " HTTP/1.1", "Host: x", "");
        String answer = client.readTo(query.isEmpty() ? "\"}" : "\r\n\r\n");

        JsonObject line = awaitLine("/poll-status" + query);

        assertThat(line.getInt("bytes")).isEqualTo(answer.length());
      }
    }
  }

  @Test
  void streamAndWebSocketHaveTheirLinesWhenTheyEnd() throws Exception {
    try (var server = start();
        RawConnection stream = server.connect();
        var socket = WebSocketClient.open(server, "/ws?last_version=5")) {
      stream.send("GET /events HTTP/1.1", "Host: x", "").readTo("\n\n");
      socket.next();
      long open = System.nanoTime();
      server.state().update("x");
      stream.readTo("\n\n");
      socket.next();
      assertThat(lines()).isEmpty();
      long lasted = Duration.ofNanos(System.nanoTime() - open).toMillis();
      server.server.tasks().close();

      List<JsonObject> lines = awaitLines(2);

      assertThat(lines)
          .extracting(line -> line.getString("path") + " " + line.getInt("status"))
          .containsExactlyInAnyOrder("/events 200", "/ws?last_version=5 101");
      assertThat(lines).allMatch(line -> line.getInt("ms") >= lasted);
    }
  }

  @Test
  void requestWhoseClientHasGoneHasNoStatus() throws Exception {
    try (var server = TestServer.startTls("--access-log=" + file())) {
      try (RawHttp2 client = RawHttp2.to(server.uri("/"))) {
        client.get("/poll-status?last_version=0");
        server.awaitSubscribers(1);
      }

      JsonObject line = awaitLines(1).getFirst();

      assertThat(line.getString("protocol")).isEqualTo("HTTP/2.0");
      assertThat(line).doesNotContainKey("status");
    }
  }

  @Test
  void neverContainsAToken() throws Exception {
    try (var server = TestServer.start("--access-log=" + file(), "--update-token=s3cret")) {
      server.update("x", "Authorization", "Bearer s3cret");
      server.update("x", "Authorization", "Bearer wr0ng");
      server.send("POST", "/update-status?status=x&access_token=s3cret&task=a");
      server.get("/status?token=s3cret&task=default");

      awaitLines(4);
      assertThat(Files.readString(file()))
          .doesNotContain("s3cret", "wr0ng")
          .contains("access_token=***&task=a", "?token=***&task=default");
    }
  }

  @Test
  void hidesTokensOnly() throws Exception {
    try (var server = start()) {
      server.get("/status?TOKEN=a=b&task=default&token&=x&tokens=1&my-token=&&a=token");

      assertThat(awaitLines(1).getFirst().getString("path"))
          .isEqualTo("/status?TOKEN=***&task=default&token&=x&tokens=1&my-token=***&&a=token");
    }
  }

  /// The cost of a line grows with its length, not with the square.
  @Test
  void acceptsLongLines() throws Exception {
    try (var server = TestServer.start("--access-log=" + file(), "--max-header=1100000")) {
      String query = "?" + "a".repeat(1_000_000) + "&task=default";
      server.get("/status" + query);

      assertThat(awaitLines(1).getFirst().getString("path")).endsWith(query);
    }
  }

  /// A pipe accepts nothing until another process reads it.
  @Test
  void dropsLinesInsteadOfUsingMemoryIfItsOutputStalls() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (var server = TestServer.start("--access-log=" + pipe);
        var log = new Log();
        RawConnection client = server.connect()) {
      String longest = "GET /health/live?" + "a".repeat(16_000) + " HTTP/1.1";
      for (int i = 0; i < 700; i++) {
        client.send(longest, "Host: x", "");
        assertThat(client.readTo("}")).startsWith("HTTP/1.1 200 ");
      }

      long written = 0;
      int lines = 0;
      try (var subscriber = Files.newBufferedReader(pipe)) {
        for (String line = ""; !line.contains("?room"); line = subscriber.readLine()) {
          written += line.length();
          if (++lines == 100) {
            client.send("GET /health/live?room HTTP/1.1", "Host: x", "").readTo("}");
          }
        }
        assertThat(written).isBetween(7L << 20, 9L << 20);
        Await.until(
            "how many are lost is said",
            () -> log.lines().stream().anyMatch(line -> line.contains(" lines are lost")));
      }
    }
  }

  @Test
  void serverStopsWhileNobodyReadsItsStandardOutput() throws Exception {
    try (var process = ServerProcess.start("--port=0", "--access-log=-");
        RawConnection client = RawConnection.to(process.address())) {
      String longest = "GET /health/live?" + "a".repeat(16_000) + " HTTP/1.1";
      for (int i = 0; i < 20; i++) {
        client.send(longest, "Host: x", "").readTo("}");
      }

      process.stop();
    }
  }

  @Test
  void escapesLineBreaks() throws Exception {
    try (var server = TestServer.startTls("--access-log=" + file());
        RawHttp2 client = RawHttp2.to(server.uri("/"))) {
      String path = "/a\n{\"status\":200}\r\u001b[31m\"b";
      client.nextOf(client.get(path));
      client.nextOf(client.get("/status?task=\"},\n{\""));

      assertThat(awaitLines(2)).extracting(line -> line.getString("path")).contains(path);
      assertThat(Files.readString(file())).doesNotContain("\u001b").hasLineCount(2);
    }
  }

  @Test
  void writesEveryLineOfManyThreadsAndAppendsToItsFile() throws Exception {
    Files.writeString(file(), "{\"old\":true}\n");
    try (var server = start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> requests = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        requests.add(threads.submit(() -> server.get("/status")));
      }
      for (Future<?> request : requests) {
        request.get();
      }
    }

    assertThat(lines()).hasSize(501).first().matches(line -> line.containsKey("old"));
  }

  @Test
  void goesToTheStandardOutputIfConfigured() throws Exception {
    try (var process = ServerProcess.start("--port=0", "--access-log=-");
        RawConnection client = RawConnection.to(process.address())) {
      client.send("GET /status HTTP/1.1", "Host: x", "").readTo("}");

      String line = process.process.inputReader(UTF_8).readLine();

      assertThat(TestServer.json(line).getString("path")).isEqualTo("/status");
    }
  }

  @Test
  void fileThatCannotBeWrittenIsReported() {
    assertThatThrownBy(
            () -> PushlabServer.start(ServerOptions.parse("--port=0", "--access-log=" + folder)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("--access-log: cannot write its file: ")
        .hasMessageContaining(folder.toString());
  }

  private TestServer start(Delivery delivery) {
    return TestServer.start(delivery, "--access-log=" + file());
  }

  private TestServer start() {
    return TestServer.start("--access-log=" + file());
  }

  private Path file() {
    return folder.resolve("access.log");
  }

  private List<JsonObject> awaitLines(int count) {
    Await.until(count + " lines", () -> lines().size() >= count);
    assertThat(lines()).hasSize(count);
    return lines();
  }

  private JsonObject awaitLine(String path) {
    Await.until(path, () -> lines().stream().anyMatch(line -> line.getString("path").equals(path)));
    return lines().getLast();
  }

  /// The complete lines.
  private List<JsonObject> lines() {
    try {
      String text = Files.exists(file()) ? Files.readString(file()) : "";
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(TestServer::json).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
