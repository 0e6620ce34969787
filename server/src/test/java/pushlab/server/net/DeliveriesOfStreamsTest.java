package pushlab.server.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.PollRequests.plain;
import static pushlab.server.testing.PollRequests.request;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import pushlab.server.testing.BothDeliveries;
import pushlab.server.testing.Exchange;
import pushlab.server.testing.TestServer;
import pushlab.server.testing.WebSocketClient;

/// Event streams, NDJSON and WebSockets have the same bytes however the server delivers.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveriesOfStreamsTest {

  private static final String WEBSOCKET =
      "GET /ws HTTP/1.1\r\n" + String.join("\r\n", WebSocketClient.upgrade()) + "\r\n";
  private static final String NEXT = request("GET /status HTTP/1.1", "Host: localhost");

  private final BothDeliveries both =
      new BothDeliveries("--heartbeat=60s", "--allow-origin=https://course.example");

  @AfterAll
  void stop() {
    both.close();
  }

  static Stream<String> streams() {
    String headers = "Host: localhost & User-Agent: curl/8.5.0 & Accept: */*";
    return Stream.concat(
        Stream.of("/events", "/stream", "/events?task=default", "/stream?last_version=0")
            .map(path -> request("GET " + path + " HTTP/1.1", headers)),
        Stream.of(
            request("GET /events HTTP/1.1", headers + " & Last-Event-ID: EPOCH-0"),
            request("GET /events HTTP/1.1", headers + " & Last-Event-ID: other-5"),
            request("GET /events HTTP/1.1", headers + " & Origin: https://course.example"),
            request("GET /events HTTP/1.1", headers + " & Connection: keep-alive"),
            request("GET /events HTTP/1.1", headers + " & Connection: close"),
            request("GET /stream HTTP/1.1", headers + " & Connection: close"),
            request("GET /events HTTP/1.0", headers),
            request("GET /stream HTTP/1.0", headers),
            WEBSOCKET,
            WEBSOCKET.replace("/ws", "/ws?last_version=0"),
            WEBSOCKET.replace("/ws", "/ws?task=default&last_version=0&epoch=EPOCH")));
  }

  static Stream<String> oneOfEach() {
    return Stream.of(
        request("GET /events HTTP/1.1", "Host: x"),
        request("GET /stream HTTP/1.1", "Host: x"),
        WEBSOCKET);
  }

  @ParameterizedTest
  @MethodSource("streams")
  void streamContinuesWithEachUpdate(String request) throws Exception {
    List<String> answers =
        both.streams(
            client -> {
              client.send(request).awaitVersion();
              for (int i = 0; i < 20; i++) {
                client.update("En cours \u00e9 " + i).awaitVersion();
              }
            });

    assertThat(answers).hasSizeBetween(2, 3).endsWith("(open)");
  }

  @ParameterizedTest
  @MethodSource("streams")
  void clientThatIsUpToDateWaitsForTheNextUpdate(String request) throws Exception {
    String line = request.lines().findFirst().orElseThrow();
    String path = line.split(" ", -1)[1].replaceFirst("\\?.*", "");
    String upToDate = request.replaceFirst("GET [^ ]+", "GET " + path + "?last_version=VERSION");

    both.streams(client -> client.send(upToDate).awaitText("\r\n\r\n").update("x").awaitVersion());
  }

  /// After two seconds without a read, another thread reads ahead on the connection.
  @ParameterizedTest
  @MethodSource("oneOfEach")
  void streamMayFollowARequestThatWasHeldForLong(String request) throws Exception {
    String held = plain("/poll-status?last_version=VERSION&wait=3.5");
    both.streams(
        client ->
            client
                .send(held + request)
                .awaitText("\r\n\r\n")
                .awaitVersion()
                .update("x")
                .awaitVersion());
  }

  /// What a client sends on such a connection is of no use, but harms nothing.
  @ParameterizedTest
  @MethodSource("streams")
  void streamGoesOnAlthoughTheClientSendsMore(String request) throws Exception {
    if (request.startsWith("GET /ws")) {
      return;
    }
    both.streams(
        client -> {
          client.send(request + NEXT).awaitVersion().update("x").awaitVersion();
          client.send(NEXT).pause().update("y").awaitVersion();
          client.send("a".repeat(20_000)).pause().update("z").awaitVersion();
        });
  }

  /// The frames that a client sends, and what comes back. A close has the first byte 88.
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      emptyValue = "",
      value = {
        "8a8001020304 >",
        "8a82010203046062 >",
        "8a80010203048a8001020304 >",
        "898001020304 > 8a00",
        "89850102030449676f686e > 8a0548656c6c6f",
        "8a8001020304898001020304 > 8a00",
        "8980010203048a8001020304898001020304 > 8a008a00",
        "81850102030449676f686e >",
        "8282010203046060 >",
        "01820102030460608082010203046060 >",
        "8a >",
        "8a800102 >",
        "89 >",
        "898501020304 >",
        "88820102030402ea > 880203e8",
        "888001020304 > 88",
        "8a800102030488820102030402ea > 880203e8",
        "8afe007e01020304 > 88",
        "8a00 > 88",
        "0a8001020304 > 88",
        "ca8001020304 > 88",
        "8b8001020304 > 88",
        "8300 > 88",
        "474554202f20485454502f312e310d0a0d0a > 88",
      })
  void framesOfAClientHaveTheSameEffect(String sent, @Nullable String answer) throws Exception {
    String frames = bytes(sent);
    String awaited = answer == null ? "" : bytes(answer);
    both.streams(
        client -> {
          client.send(WEBSOCKET).awaitVersion().update("x").awaitVersion().send(frames).pause();
          goOn(client, awaited);
        });
    both.streams(
        client -> {
          client.send(WEBSOCKET).awaitVersion();
          for (int i = 0; i < frames.length(); i++) {
            client.send(frames.substring(i, i + 1)).pause();
          }
          goOn(client, awaited);
        });
  }

  /// Frames may come with the handshake. Their answers may overtake the first version.
  @ParameterizedTest
  @CsvSource({
    "89850102030449676f686e, 8a0548656c6c6f",
    "8a8001020304898001020304, 8a00",
    "89, ''",
    "88820102030402ea, 880203e8",
    "8a00, 88"
  })
  void framesMayComeWithTheHandshake(String sent, String answer) throws Exception {
    for (TestServer server : List.of(both.loop, both.threads)) {
      try (var client = new Exchange(server)) {
        client.send(WEBSOCKET + bytes(sent)).awaitText(bytes(answer));
        if (!answer.startsWith("88")) {
          client.awaitHeld(1).update("y").awaitVersion();
        }
      }
      server.awaitSubscribers(0);
    }
  }

  private static void goOn(Exchange client, String answer) throws Exception {
    client.awaitText(answer);
    if (answer.startsWith("\u0088")) {
      client.close();
    } else {
      client.update("y").awaitVersion();
    }
  }

  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void stopEndsStreamsInTheSameWay(String request) throws Exception {
    try (var stopped = new BothDeliveries("--heartbeat=60s")) {
      stopped.streams(client -> client.send(request).awaitVersion().stop().awaitEnd());
    }
  }
}
