package pushlab.server.net.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import pushlab.server.state.Await;
import pushlab.server.testing.Log;
import pushlab.server.testing.Messages;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;
import pushlab.server.testing.WebSocketClient;

/// What a client may send on a WebSocket, and how anything else is answered (RFC 6455, section 5),
/// case by case in the order of the Autobahn test suite.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientFramesTest {

  private static final int LONGEST_MESSAGE = 1000;

  private static final TestServer SERVER =
      TestServer.start(
          "--heartbeat=60s",
          "--idle-timeout=5m",
          "--max-frame=" + LONGEST_MESSAGE,
          "--request-timeout=1s");

  private static final int LAST = 0x80;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  /// The frames that a client sends, and the frames that come back.
  static final class Case {

    private final String name;
    private final byte[] sent;
    private final String[] answer;

    private Case(String name, byte[] sent, String... answer) {
      this.name = name;
      this.sent = sent;
      this.answer = answer;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// The WebSocket stays open after each of these.
  static final List<Case> TAKEN =
      List.of(
          new Case("empty text", frame(LAST | TEXT)),
          new Case("text of 125 bytes", frame(LAST | TEXT, "a".repeat(125))),
          new Case("text of 126 bytes", frame(LAST | TEXT, "a".repeat(126))),
          new Case("text as long as may be", frame(LAST | TEXT, "a".repeat(LONGEST_MESSAGE))),
          new Case("binary", frame(LAST | BINARY, bytes("00ff80"))),
          new Case("empty ping", frame(LAST | PING), "pong "),
          new Case("ping", frame(LAST | PING, "Hello"), "pong Hello"),
          new Case(
              "ping of 125 bytes", frame(LAST | PING, "a".repeat(125)), "pong " + "a".repeat(125)),
          new Case("pong that nobody asked for", frame(LAST | PONG, "x")),
          new Case("text in two", all(frame(TEXT, "Hel"), frame(LAST | CONTINUATION, "lo"))),
          new Case(
              "ping within a message",
              all(frame(TEXT, "Hel"), frame(LAST | PING, "now"), frame(LAST | CONTINUATION, "lo")),
              "pong now"),
          new Case(
              "empty fragments", all(frame(TEXT), frame(CONTINUATION), frame(LAST | CONTINUATION))),
          new Case(
              "fragments as long as may be",
              all(
                  frame(BINARY, "a".repeat(400)),
                  frame(CONTINUATION, "a".repeat(400)),
                  frame(LAST | CONTINUATION, "a".repeat(200)))),
          new Case("many messages", all(nine(frame(LAST | BINARY, "a".repeat(900))))),
          new Case("characters of 2, 3 and 4 bytes", frame(LAST | TEXT, "é日🎉")),
          new Case(
              "a character cut by fragments",
              all(
                  frame(TEXT, bytes("f09f")),
                  frame(CONTINUATION, bytes("8e")),
                  frame(LAST | CONTINUATION, bytes("89")))),
          new Case("what is no UTF-8, as binary", frame(LAST | BINARY, bytes("c328"))));

  /// The WebSocket is closed after each of these.
  static final List<Case> REFUSED =
      Stream.of(
              closes(
                  1002,
                  new Case("ping of 126 bytes", frame(LAST | PING, "a".repeat(126))),
                  new Case("pong of 126 bytes", frame(LAST | PONG, "a".repeat(126))),
                  new Case("close of 126 bytes", close(1000, "a".repeat(124))),
                  new Case("ping in fragments", all(frame(PING, "a"))),
                  new Case("pong in fragments", all(frame(PONG, "a"))),
                  new Case("close in fragments", frame(CLOSE, bytes("03e8"))),
                  new Case("first reserved bit", frame(LAST | 0x40 | TEXT, "a")),
                  new Case("second reserved bit", frame(LAST | 0x20 | TEXT, "a")),
                  new Case("third reserved bit", frame(LAST | 0x10 | TEXT, "a")),
                  new Case("all reserved bits of a ping", frame(LAST | 0x70 | PING, "a")),
                  new Case("a reserved bit of a close", frame(LAST | 0x40 | CLOSE, bytes("03e8"))),
                  new Case("text that is not masked", bytes("810161")),
                  new Case("ping that is not masked", bytes("8900")),
                  new Case("close that is not masked", bytes("880203e8")),
                  new Case("continuation of nothing", frame(LAST | CONTINUATION, "a")),
                  new Case("continuation of nothing, to go on", frame(CONTINUATION, "a")),
                  new Case("text within text", all(frame(TEXT, "a"), frame(LAST | TEXT, "b"))),
                  new Case("binary within text", all(frame(TEXT, "a"), frame(LAST | BINARY, "b"))),
                  new Case("text within binary", all(frame(BINARY, "a"), frame(TEXT, "b"))),
                  new Case(
                      "continuation after the end",
                      all(
                          frame(TEXT, "a"),
                          frame(LAST | CONTINUATION, "b"),
                          frame(LAST | CONTINUATION, "c"))),
                  new Case("length of 5 in 2 bytes", bytes("81fe0005000000006162636465")),
                  new Case("length of 125 in 2 bytes", all(bytes("81fe007d"), new byte[129])),
                  new Case(
                      "length of 5 in 8 bytes", bytes("81ff0000000000000005000000006162636465")),
                  new Case("length of 65535 in 8 bytes", bytes("81ff000000000000ffff00000000")),
                  new Case("length beyond 63 bits", bytes("82ffffffffffffffffff00000000")),
                  new Case("length of 2 to the 63rd", bytes("82ff800000000000000000000000")),
                  new Case("close of one byte", frame(LAST | CLOSE, "a"))),
              IntStream.of(3, 4, 5, 6, 7, 0xb, 0xc, 0xd, 0xe, 0xf)
                  .mapToObj(
                      opcode ->
                          new Case("opcode " + opcode, frame(LAST | opcode, "a"), "close 1002")),
              IntStream.of(0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535)
                  .mapToObj(code -> new Case("close by " + code, close(code, ""), "close 1002")),
              IntStream.of(
                      1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000,
                      3999, 4000, 4999)
                  .mapToObj(
                      code -> new Case("close by " + code, close(code, "x"), "close " + code)),
              Stream.of(
                  new Case("close without a code", frame(LAST | CLOSE), "close 1000"),
                  new Case("close of 125 bytes", close(1000, "a".repeat(123)), "close 1000"),
                  new Case("close in French", close(1000, "terminé"), "close 1000"),
                  new Case(
                      "ping after a close",
                      all(close(1000, ""), frame(LAST | PING, "late")),
                      "close 1000"),
                  new Case(
                      "pings before a close",
                      all(frame(LAST | PING, "1"), frame(LAST | PING, "2"), close(3001, "")),
                      "pong 1",
                      "pong 2",
                      "close 3001")),
              closes(
                  1007,
                  new Case("text that is no UTF-8", frame(LAST | TEXT, bytes("c328"))),
                  new Case("text that ends in mid-character", frame(LAST | TEXT, bytes("f09f8e"))),
                  new Case("a character longer than it needs", frame(LAST | TEXT, bytes("c080"))),
                  new Case("half a surrogate", frame(LAST | TEXT, bytes("eda080"))),
                  new Case("a character beyond Unicode", frame(LAST | TEXT, bytes("f4908080"))),
                  new Case(
                      "no UTF-8 in a later fragment",
                      all(frame(TEXT, "é"), frame(LAST | CONTINUATION, bytes("a9")))),
                  new Case(
                      "half a character before an empty end",
                      all(frame(TEXT, bytes("c3")), frame(LAST | CONTINUATION))),
                  new Case("reason that is no UTF-8", frame(LAST | CLOSE, bytes("03e8c328")))),
              closes(
                  1009,
                  new Case("text too long", frame(LAST | TEXT, "a".repeat(LONGEST_MESSAGE + 1))),
                  new Case(
                      "fragments too long together",
                      all(
                          frame(TEXT, "a".repeat(500)),
                          frame(CONTINUATION, "a".repeat(500)),
                          frame(LAST | CONTINUATION, "a"))),
                  new Case("fragments without end", all(frame(BINARY, "a".repeat(900)), goesOn())),
                  new Case("length of 65536", bytes("82ff000000000001000000000000")),
                  new Case("length of 2 to the 62nd", bytes("82ff400000000000000000000000"))))
          .flatMap(cases -> cases)
          .toList();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @FieldSource("TAKEN")
  void takes(Case sent) throws Exception {
    try (RawConnection client = open()) {
      client.write(sent.sent).write(frame(LAST | PING, "still there"));

      assertAnswers(client, sent.answer);
      assertThat(client.readFrame()).isEqualTo("pong still there");
    }
  }

  @ParameterizedTest
  @FieldSource("REFUSED")
  void closesWithTheStatusOfTheViolation(Case sent) throws Exception {
    try (var log = new Log();
        RawConnection client = open()) {
      client.write(sent.sent);

      assertAnswers(client, sent.answer);
      answerClose(client);
      assertThat(client.readFrame()).as("after the close").isEmpty();
      assertThat(log.lines()).isEmpty();
    }
  }

  /// The network may cut the bytes anywhere.
  @Test
  void readsFramesThatArriveInTwoParts() throws Exception {
    for (Case sent :
        List.of(
            named(TAKEN, "a character cut by fragments"),
            named(REFUSED, "length of 5 in 8 bytes"),
            named(REFUSED, "no UTF-8 in a later fragment"),
            named(REFUSED, "pings before a close"))) {
      for (int cut = 1; cut < sent.sent.length; cut++) {
        try (RawConnection client = open()) {
          client.write(Arrays.copyOf(sent.sent, cut));
          LockSupport.parkNanos(100_000);
          client.write(Arrays.copyOfRange(sent.sent, cut, sent.sent.length));

          assertAnswers(client, sent.answer);
        }
      }
    }
  }

  /// The last bytes may be unread then, and the system resets a connection with unread bytes.
  @Test
  void waitsForTheAnswerToItsCloseButNotForLong() throws Exception {
    long began;
    try (RawConnection client = open()) {
      client.write(frame(LAST | TEXT, bytes("ff")));
      assertThat(client.readFrame()).isEqualTo("close 1007");
      began = System.nanoTime();

      client.write(frame(LAST | TEXT, "one that was on its way"));

      assertThat(client.readFrame()).isEmpty();
    }
    assertThat(System.nanoTime() - began).isGreaterThan(500_000_000L);
    Await.until("it is forgotten", () -> SERVER.server.connections().open() == 0);
  }

  @Test
  void cutsAFrameThatDoesNotEnd() throws Exception {
    List<RawConnection> clients = new ArrayList<>();
    for (String beginning : List.of("81", "81fe", "818500", "81850000000061")) {
      clients.add(open().write(bytes(beginning)));
    }
    for (RawConnection client : clients) {
      assertThat(client.readFrame()).isEmpty();
      client.close();
    }
  }

  /// A client that sends complete frames is not slow, however long it stays.
  @Test
  void keepsAClientWhoseFramesAreComplete() throws Exception {
    try (RawConnection client = open()) {
      client.write(frame(TEXT, "to go on"));
      long began = System.nanoTime();
      while (System.nanoTime() - began < 2_500_000_000L) {
        client.write(frame(LAST | PING, "?"));
        assertThat(client.readFrame()).isEqualTo("pong ?");
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  private static RawConnection open() throws IOException {
    RawConnection client = WebSocketClient.upgraded(SERVER);
    assertThat(client.readFrame()).startsWith("text ");
    return client;
  }

  private static void assertAnswers(RawConnection client, String... answers) throws IOException {
    for (String answer : answers) {
      String frame = client.readFrame();
      Messages.assertFrameFits(frame);
      assertThat(frame).isEqualTo(answer);
    }
  }

  /// Answers the close (RFC 6455, section 5.5.1). If the client closed first, the connection may
  /// have ended already.
  private static void answerClose(RawConnection client) {
    try {
      client.write(close(1000, ""));
    } catch (IOException _) {
      // The connection has ended.
    }
  }

  private static Case named(List<Case> cases, String name) {
    return cases.stream().filter(some -> some.name.equals(name)).findFirst().orElseThrow();
  }

  private static Stream<Case> closes(int status, Case... cases) {
    return Stream.of(cases).map(some -> new Case(some.name, some.sent, "close " + status));
  }

  private static byte[] goesOn() {
    return all(nine(frame(CONTINUATION, "a".repeat(900))));
  }

  private static byte[][] nine(byte[] frame) {
    var frames = new byte[9][];
    Arrays.fill(frames, frame);
    return frames;
  }

  private static byte[] close(int code, String reason) {
    byte[] utf8 = reason.getBytes(UTF_8);
    return frame(
        LAST | CLOSE,
        ByteBuffer.allocate(2 + utf8.length).putShort((short) code).put(utf8).array());
  }

  private static byte[] frame(int first) {
    return frame(first, "");
  }

  private static byte[] frame(int first, String payload) {
    return frame(first, payload.getBytes(UTF_8));
  }

  private static byte[] frame(int first, byte[] payload) {
    byte[] mask = {0x37, (byte) 0xfa, 0x21, 0x3d};
    var frame = ByteBuffer.allocate(8 + payload.length).put((byte) first);
    if (payload.length <= 125) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    frame.put(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ mask[i % 4]));
    }
    return Arrays.copyOf(frame.array(), frame.position());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static byte[] all(byte[]... parts) {
    var bytes = new ByteArrayOutputStream();
    List<byte[]> list = new ArrayList<>(List.of(parts));
    list.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }
}
