package pushlab.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static pushlab.bench.SmallServer.beginEvents;
import static pushlab.bench.SmallServer.send;
import static pushlab.bench.SmallServer.sendEvent;
import static pushlab.bench.SmallServer.write;
import static pushlab.report.result.Transport.LONG_POLLING;
import static pushlab.report.result.Transport.SERVER_SENT_EVENTS;
import static pushlab.report.result.Transport.SHORT_POLLING;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.bench.NobodyListens;
import pushlab.bench.SmallServer;
import pushlab.bench.SmallServer.Snapshot;
import pushlab.report.result.Transport;

/// The watch on servers that are slow or wrong, each in one way. Every fault shows in a figure of
/// its own, and none makes the watch hang.
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class WatchOfWrongServersTest {

  private static final int CLIENTS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final SmallServer server = SmallServer.start();

  WatchOfWrongServersTest() throws IOException {}

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          426 | Server: nginx/1.22.1         | GET /ws answered 426 Said: a proxy in between (nginx/1.22.1) does not pass Upgrade on (nginx: proxy_http_version 1.1,
          426 | Cache-Control: no-store      | a proxy in between does not pass Upgrade on (nginx: proxy_http_version 1.1,
          403 | Server: Apache/2.4.71 (Unix) | a proxy in between (Apache/2.4.71 (Unix)) may have changed Host (Apache: ProxyPreserveHost On)
          """)
  void aProxyThatRefusesWebSocketsIsNamedWithItsSetting(int code, String header, String said) {
    server.on("/ws", (_, out) -> send(out, code, "{}", header));

    assertThatIOException()
        .isThrownBy(() -> measure(Transport.WEBSOCKET, 1))
        .withMessageContaining(said);
  }

  @ParameterizedTest
  @EnumSource(names = {"SHORT_POLLING", "LONG_POLLING", "SERVER_SENT_EVENTS"})
  void aCorrectServerLosesNothing(Transport transport) throws Exception {
    Measured measured = measure(transport, 10);

    assertThat(measured.deliveries().delivered() + measured.deliveries().skipped())
        .isEqualTo(10 * CLIENTS);
    assertThat(measured.deliveries().expected()).isEqualTo(10 * CLIENTS);
    assertNothingWrong(measured);
  }

  /// As Flask's server does (HTTP/1.0), Node with `Connection: close`, and a server that closes
  /// idle connections.
  @ParameterizedTest
  @CsvSource({
    "LONG_POLLING, HTTP/1.0 200 OK, ''",
    "SHORT_POLLING, HTTP/1.0 200 OK, ''",
    "LONG_POLLING, HTTP/1.1 200 OK, Connection: close",
    "SHORT_POLLING, HTTP/1.1 200 OK, Connection: close",
    "SHORT_POLLING, HTTP/1.1 200 OK, Content-Length: %d",
  })
  void aServerThatClosesEachConnectionAfterItsAnswerLosesNothing(
      Transport transport, String status, String header) throws Exception {
    SmallServer.Handler ending =
        (request, out) -> {
          Snapshot now =
              switch (request.path()) {
                case "/update-status" -> server.update(request.status());
                case "/poll-status" -> server.awaitOther(request.lastVersion());
                default -> server.current();
              };
          String length = header.formatted(now.json().length());
          write(out, status + "\r\n" + (length.isEmpty() ? "" : length + "\r\n") + "\r\n");
          write(out, now.json());
          throw new IOException("answered");
        };
    server.on("/poll-status", ending).on("/status", ending);
    if (!header.startsWith("Content-Length")) {
      server.on("/update-status", ending);
    }
    Measured measured = measure(transport, 10);

    assertThat(measured.deliveries().expected()).isEqualTo(10 * CLIENTS);
    assertThat(measured.deliveries().delivered() + measured.deliveries().skipped())
        .isEqualTo(10 * CLIENTS);
    assertThat(measured.connections())
        .isBetween(measured.deliveries().delivered() - CLIENTS, measured.traffic().requests());
    assertNothingWrong(measured);
  }

  @ParameterizedTest
  @EnumSource(names = {"SHORT_POLLING", "LONG_POLLING"})
  void aKeptConnectionIsNotReplaced(Transport transport) throws Exception {
    assertThat(measure(transport, 10).connections()).isZero();
  }

  @Test
  void theReasonOfARefusalIsReported() {
    server.on(
        "/poll-status",
        (_, out) -> send(out, 400, "{\"detail\":\"ask by HTTP/1.1\"}", "Connection: close"));
    assertThatIOException()
        .isThrownBy(() -> Watch.connect(Target.of(server.address()), workload(LONG_POLLING, 1)))
        .withMessageEndingWith("GET /poll-status answered 400 Said: ask by HTTP/1.1");
  }

  @Test
  void aTlsServerIsReported() {
    server.on(
        "/poll-status",
        (_, out) -> {
          out.write(new byte[] {21, 3, 3, 0, 2, 2, 70});
          throw new IOException("a fatal alert");
        });
    assertThatIOException()
        .isThrownBy(() -> Watch.connect(Target.of(server.address()), workload(LONG_POLLING, 1)))
        .withMessageContaining("the server speaks TLS, which the instruments do not support");
  }

  @Test
  void aDelayBeforeEachAnswerCountsInEveryLatency() throws Exception {
    server.on(
        "/poll-status",
        (request, out) -> {
          Snapshot next = server.awaitOther(request.lastVersion());
          Thread.sleep(100);
          send(out, 200, next.json());
        });
    Measured measured = measure(LONG_POLLING, 4);

    assertThat(measured.latency().raw().getValueAtPercentile(0)).isGreaterThanOrEqualTo(100_000);
    assertThat(measured.latency().corrected().getValueAtPercentile(0))
        .isGreaterThanOrEqualTo(100_000);
    assertNothingWrong(measured);
  }

  @Test
  void aStallOfThePublisherDelaysAllUpdatesThatAreDueInIt() throws Exception {
    var updates = new AtomicInteger();
    server.on(
        "/update-status",
        (request, out) -> {
          if (updates.incrementAndGet() == 5) {
            Thread.sleep(500);
          }
          send(out, 200, server.update(request.status()).json());
        });
    Measured measured = measure(SERVER_SENT_EVENTS, 20);

    assertThat(measured.updates().notSent()).isZero();
    assertThat(measured.deliveries().expected()).isEqualTo(20 * CLIENTS);
    assertThat(measured.deliveries().delivered() + measured.deliveries().skipped())
        .isEqualTo(20 * CLIENTS);
    assertThat(measured.latency().corrected().getMaxValue()).isGreaterThanOrEqualTo(450_000);
    // A status that is stale for half a second, averaged over little more than a second.
    assertThat(measured.latency().stalenessMillis())
        .isGreaterThan(0.5 * 0.45 * 450 / measured.seconds());
    assertNothingWrong(measured);
  }

  @Test
  void aStallCountsInTheCorrectedHistogramAndNotInTheRawOne() throws Exception {
    server.on(
        "/events",
        (_, out) -> {
          beginEvents(out);
          boolean stalled = false;
          for (Snapshot seen = server.current(); ; seen = server.awaitOther(seen.version())) {
            if (!stalled && seen.version() >= 5) {
              stalled = true;
              Thread.sleep(500);
              seen = server.current();
            }
            sendEvent(out, seen);
          }
        });
    Measured measured = measure(SERVER_SENT_EVENTS, 40);

    // Of more than twenty updates that were due, only the last was delivered, soon after it was
    // sent.
    assertThat(measured.deliveries().skipped()).isGreaterThanOrEqualTo(5 * CLIENTS);
    assertThat(measured.latency().corrected().getValueAtPercentile(90))
        .isGreaterThanOrEqualTo(250_000);
    assertThat(measured.latency().corrected().getMaxValue()).isGreaterThanOrEqualTo(450_000);
    assertThat(measured.latency().raw().getTotalCount())
        .isEqualTo(measured.deliveries().delivered());
    assertThat(measured.latency().raw().getMaxValue())
        .isLessThan(measured.latency().corrected().getMaxValue() / 2);
    assertNothingWrong(measured);
  }

  @Test
  void aVersionThatIsSentTwiceIsRepeated() throws Exception {
    onEachEvent(
        (next, out) -> {
          sendEvent(out, next);
          sendEvent(out, next);
        });
    Measured measured = measure(SERVER_SENT_EVENTS, 5);

    assertThat(measured.deliveries().repeated())
        .isPositive()
        .isBetween(measured.deliveries().delivered() - CLIENTS, measured.deliveries().delivered());
    assertThat(measured.deliveries().delivered() + measured.deliveries().skipped())
        .isEqualTo(5 * CLIENTS);
    assertThat(
            measured.deliveries().backward()
                + measured.deliveries().missing()
                + measured.faults().errors())
        .isZero();
  }

  @Test
  void aLowerVersionIsBackward() throws Exception {
    onEachEvent(
        (next, out) -> {
          sendEvent(out, next);
          sendEvent(out, new Snapshot(next.version() - 1, next.status()));
        });
    Measured measured = measure(SERVER_SENT_EVENTS, 5);

    assertThat(measured.deliveries().backward())
        .isPositive()
        .isBetween(measured.deliveries().delivered() - CLIENTS, measured.deliveries().delivered());
    assertThat(measured.deliveries().delivered() + measured.deliveries().skipped())
        .isEqualTo(5 * CLIENTS);
    assertThat(
            measured.deliveries().repeated()
                + measured.deliveries().missing()
                + measured.faults().errors())
        .isZero();
  }

  @Test
  void aVersionThatNeverArrivesIsMissing() throws Exception {
    onEachEvent(
        (next, out) -> {
          if (next.version() != 5) {
            sendEvent(out, next);
          }
        });
    Measured measured = measure(SERVER_SENT_EVENTS, 5);

    assertThat(measured.deliveries().missing()).isGreaterThanOrEqualTo(CLIENTS);
    assertThat(
            measured.deliveries().delivered()
                + measured.deliveries().skipped()
                + measured.deliveries().missing())
        .isEqualTo(5 * CLIENTS);
    // All subscribers show an old status until the watch stops waiting.
    assertThat(measured.latency().stalenessMillis()).isGreaterThan(300);
    assertThat(measured.faults().errors() + measured.faults().disconnects()).isZero();
  }

  @Test
  void aVersionThatALaterOneOvertakesIsSkipped() throws Exception {
    onEachEvent(
        (next, out) -> {
          if (next.version() % 2 == 1) {
            sendEvent(out, next);
          }
        });
    Measured measured = measure(SERVER_SENT_EVENTS, 5);

    assertThat(measured.deliveries().delivered() + measured.deliveries().skipped())
        .isEqualTo(5 * CLIENTS);
    assertThat(measured.deliveries().skipped()).isGreaterThanOrEqualTo(2 * CLIENTS);
    assertNothingWrong(measured);
  }

  @Test
  void aHeldPollThatIsAnswered500IsOneErrorAndEndsItsSubscriber() throws Exception {
    server.on(
        "/poll-status",
        (request, out) -> {
          Snapshot next = server.awaitOther(request.lastVersion());
          send(out, request.lastVersion() < 0 ? 200 : 500, next.json());
        });
    Measured measured = measure(LONG_POLLING, 5);

    assertThat(measured.faults().errors()).isEqualTo(CLIENTS);
    assertThat(measured.firstError()).isEqualTo("GET /poll-status answered 500 Said");
    assertThat(measured.faults().disconnects()).isZero();
    assertThat(measured.deliveries().missing())
        .isEqualTo(measured.deliveries().expected())
        .isEqualTo(5 * CLIENTS);
    assertThat(measured.deliveries().delivered()).isZero();
  }

  @Test
  void aShortPollThatIsAnswered500IsAnErrorAndTheNextOneIsSent() throws Exception {
    var connected = new AtomicBoolean();
    var polls = new AtomicInteger();
    server.on(
        "/status",
        (_, out) -> {
          boolean wrong = connected.get() && polls.incrementAndGet() % 10 == 0;
          send(out, wrong ? 500 : 200, server.current().json());
        });
    Measured measured = connectedBefore(() -> connected.set(true), SHORT_POLLING, 5);

    assertThat(measured.faults().errors()).isBetween(1L, polls.get() / 10L);
    assertThat(measured.firstError()).isEqualTo("GET /status answered 500 Said");
    assertThat(measured.deliveries().delivered() + measured.deliveries().skipped())
        .isEqualTo(5 * CLIENTS);
    assertThat(measured.deliveries().missing() + measured.faults().disconnects()).isZero();
  }

  @Test
  void aConnectionThatEndsInTheMiddleOfAnEventIsADisconnect() throws Exception {
    onEachEvent(
        (next, out) -> {
          write(out, "data: {\"version\":" + next.version());
          throw new IOException("enough");
        });
    Measured measured = measure(SERVER_SENT_EVENTS, 5);

    assertThat(measured.faults().disconnects()).isEqualTo(CLIENTS);
    assertThat(measured.faults().errors()).isZero();
    assertThat(measured.deliveries().missing())
        .isEqualTo(measured.deliveries().expected())
        .isEqualTo(5 * CLIENTS);
  }

  @Test
  void aHeldPollThatEndsWithoutAnAnswerIsADisconnect() throws Exception {
    server.on(
        "/poll-status",
        (request, out) -> {
          Snapshot next = server.awaitOther(request.lastVersion());
          if (next.version() >= 3) {
            throw new IOException("enough");
          }
          send(out, 200, next.json());
        });
    Measured measured = measure(LONG_POLLING, 5);

    assertThat(measured.faults().disconnects()).isEqualTo(CLIENTS);
    assertThat(measured.faults().errors()).isZero();
    assertThat(measured.deliveries().missing()).isGreaterThanOrEqualTo(3 * CLIENTS);
    assertThat(
            measured.deliveries().delivered()
                + measured.deliveries().skipped()
                + measured.deliveries().missing())
        .isEqualTo(5 * CLIENTS);
  }

  @Test
  void anEventStreamThatEndsOnAnOpenConnectionIsADisconnect() throws Exception {
    server.on(
        "/events",
        (_, out) -> {
          beginChunks(out);
          writeChunk(out, "data: %s\n\n".formatted(server.current().json()));
          server.awaitOther(0);
          writeChunk(out, "");
        });
    Measured measured = measure(SERVER_SENT_EVENTS, 5);

    assertThat(measured.faults().disconnects()).isEqualTo(CLIENTS);
    assertThat(measured.deliveries().missing()).isEqualTo(5 * CLIENTS);
  }

  @Test
  void anUpdateThatTheServerRefusesIsAnErrorAndNotExpected() throws Exception {
    var updates = new AtomicInteger();
    server.on(
        "/update-status",
        (request, out) -> {
          if (updates.incrementAndGet() % 2 == 0) {
            send(out, 503, "{}");
          } else {
            send(out, 200, server.update(request.status()).json());
          }
        });
    Measured measured = measure(SERVER_SENT_EVENTS, 10);

    assertThat(measured.faults().errors()).isEqualTo(5);
    assertThat(measured.firstError()).isEqualTo("POST /update-status answered 503 Said");
    assertThat(measured.updates().notSent()).isZero();
    assertThat(measured.deliveries().expected()).isEqualTo(5 * CLIENTS);
    assertThat(measured.deliveries().delivered() + measured.deliveries().skipped())
        .isEqualTo(5 * CLIENTS);
    assertThat(measured.deliveries().missing() + measured.faults().disconnects()).isZero();
  }

  @Test
  void updatesWithoutAnAnswerAreErrors() throws Exception {
    server.on("/update-status", (request, _) -> server.update(request.status()));
    Measured measured = measure(SERVER_SENT_EVENTS, 5);

    assertThat(measured.faults().errors()).isEqualTo(5);
    assertThat(measured.firstError()).isEqualTo("POST /update-status was not answered within 2 s");
    assertThat(measured.deliveries().delivered() + measured.deliveries().skipped())
        .isEqualTo(5 * CLIENTS);
    assertThat(measured.deliveries().missing()).isZero();
  }

  @Test
  void updatesThatCannotBeSentWithoutAConnectionAreCounted() throws Exception {
    server.on(
        "/update-status",
        (_, _) -> {
          throw new IOException("enough");
        });
    Measured measured = measure(LONG_POLLING, 5);

    assertThat(measured.updates().notSent()).isPositive();
    assertThat(measured.faults().errors() + measured.updates().notSent()).isEqualTo(5);
    assertThat(measured.firstError())
        .isEqualTo("the server closed the publisher's connection without an answer");
    assertThat(measured.deliveries().delivered()).isZero();
    assertThat(measured.deliveries().missing()).isEqualTo(measured.deliveries().expected());
  }

  @Test
  void anEventStreamMayArriveByteByByteWithCommentsOtherFieldsAndEitherLineEnd() throws Exception {
    server.on(
        "/events",
        (_, out) -> {
          beginChunks(out);
          for (Snapshot next = server.current(); ; next = server.awaitOther(next.version())) {
            String end = next.version() % 2 == 0 ? "\n" : "\r\n";
            String event =
                String.join(
                    end,
                    ": comme ça",
                    ":",
                    "",
                    "",
                    "retry: 3000",
                    "event: message",
                    "id: e-" + next.version(),
                    (next.version() % 3 == 0 ? "data:" : "data: ") + next.json(),
                    "",
                    "");
            for (byte one : event.getBytes(StandardCharsets.UTF_8)) {
              out.write(new byte[] {'1', '\r', '\n', one, '\r', '\n'});
            }
          }
        });
    Measured measured = measure(SERVER_SENT_EVENTS, 6);

    assertThat(measured.deliveries().delivered() + measured.deliveries().skipped())
        .isEqualTo(6 * CLIENTS);
    assertThat(measured.deliveries().delivered()).isPositive();
    assertNothingWrong(measured);
  }

  @Test
  void anEpochIsSentBackUnchanged() throws Exception {
    var epochs = new ConcurrentLinkedQueue<String>();
    server.on(
        "/poll-status",
        (request, out) -> {
          if (request.query().containsKey("epoch")) {
            epochs.add(request.query().get("epoch"));
          }
          Snapshot next = server.awaitOther(request.lastVersion());
          send(
              out,
              200,
              "{\"epoch\":\"é &=+\",\"version\":%d,\"status\":\"%s\"}"
                  .formatted(next.version(), next.status()));
        });
    assertNothingWrong(measure(LONG_POLLING, 2));
    assertThat(epochs).isNotEmpty().containsOnly("é &=+");
  }

  @Test
  void connectingWithoutAServerIsReported() throws IOException {
    try (var nobody = new NobodyListens()) {
      URI address = nobody.address();
      assertThatIOException()
          .isThrownBy(() -> Watch.connect(Target.of(address), workload(LONG_POLLING, 1)))
          .withMessageContaining("no server listens at " + address);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(20)
  void connectingToAForeignServerReportsItsAnswer(Transport transport) {
    for (String path : new String[] {"/status", "/poll-status", "/events", "/stream", "/ws"}) {
      server.on(path, (_, out) -> send(out, 404, "<html>Not here</html>"));
    }
    assertThatIOException()
        .isThrownBy(() -> Watch.connect(Target.of(server.address()), workload(transport, 1)))
        .withMessageContainingAll("0 of 5", server.address().toString(), transport.id(), "404");
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(20)
  void connectingToAServerThatClosesConnectionsIsReportedAtOnce(Transport transport) {
    for (String path : new String[] {"/status", "/poll-status", "/events", "/stream", "/ws"}) {
      server.on(
          path,
          (_, _) -> {
            throw new IOException("enough");
          });
    }
    assertThatIOException()
        .isThrownBy(() -> Watch.connect(Target.of(server.address()), workload(transport, 1)))
        .withMessageContainingAll("0 of 5", "the server closed a connection");
  }

  private Measured measure(Transport transport, int updates)
      throws IOException, InterruptedException {
    return connectedBefore(() -> {}, transport, updates);
  }

  private Measured connectedBefore(Runnable measuring, Transport transport, int updates)
      throws IOException, InterruptedException {
    try (Watch watch = Watch.connect(Target.of(server.address()), workload(transport, updates))) {
      measuring.run();
      return watch.measure(PATIENCE);
    }
  }

  private static WatchLoad workload(Transport transport, int updates) {
    Duration length = Duration.ofMillis(500);
    return new WatchLoad(transport, CLIENTS, 2 * updates, Duration.ofMillis(17), length);
  }

  private static void assertNothingWrong(Measured measured) {
    assertThat(measured.deliveries().missing()).isZero();
    assertThat(measured.deliveries().repeated()).isZero();
    assertThat(measured.deliveries().backward()).isZero();
    assertThat(measured.faults().errors()).isZero();
    assertThat(measured.faults().disconnects()).isZero();
  }

  /// Sends the current version to each new event stream; `sender` sends the others.
  private void onEachEvent(Sender sender) {
    server.on(
        "/events",
        (_, out) -> {
          beginEvents(out);
          Snapshot seen = server.current();
          sendEvent(out, seen);
          while (true) {
            seen = server.awaitOther(seen.version());
            sender.send(seen, out);
          }
        });
  }

  private interface Sender {
    void send(Snapshot next, OutputStream out) throws IOException;
  }

  private static void beginChunks(OutputStream out) throws IOException {
    write(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
  }

  private static void writeChunk(OutputStream out, String text) throws IOException {
    write(out, "%x\r\n%s\r\n".formatted(text.getBytes(StandardCharsets.UTF_8).length, text));
  }
}
