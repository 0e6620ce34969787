package pushlab.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.PollRequests.plain;
import static pushlab.server.testing.PollRequests.request;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.state.Await;
import pushlab.server.testing.BothDeliveries;
import pushlab.server.testing.Exchange;
import pushlab.server.testing.PollRequests;

/// Several requests on one connection, in parts, at once or one after the other: the answers are
/// the same however the server delivers.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveriesInSequenceTest {

  private static final String POLL = plain("/poll-status?last_version=0");
  private static final String HELD = plain("/poll-status?last_version=VERSION");
  private static final String NOTHING = plain("/poll-status?last_version=VERSION&wait=0");
  private static final String BAD = plain("/poll-status?last_version=abc");
  private static final String STATUS = plain("/status");
  private static final String PAGE = plain("/page.js");
  private static final String UPDATE =
      request("POST /update-status?status=x HTTP/1.1", "Host: localhost");
  private static final String UPDATE_WITH_BODY =
      request(
              "POST /update-status HTTP/1.1",
              "Host: localhost & Content-Length: 8"
                  + " & Content-Type: application/x-www-form-urlencoded")
          + "status=y";

  private final BothDeliveries both = new BothDeliveries();

  @AfterAll
  void stop() {
    both.close();
  }

  /// Otherwise the other tests here would compare threads with threads.
  @ParameterizedTest
  @MethodSource("pushlab.server.testing.PollRequests#usual")
  void loopHoldsWhatProgramsAndBrowsersSend(String request) throws Exception {
    try (var exchange = new Exchange(both.loop)) {
      exchange.send(request).awaitHeld(1);
      assertThat(both.loop.server.connections().onLoop()).isEqualTo(1);
      assertThat(exchange.update("x").awaitAnswer().send(request).awaitHeld(1).end())
          .hasSize(4)
          .allMatch(answer -> answer.startsWith("HTTP/1.1 200 ") || answer.equals("(end)"));
    }
    Await.until("it has ended", () -> both.loop.server.connections().onLoop() == 0);
  }

  @ParameterizedTest
  @MethodSource("inParts")
  void requestMayComeInTwoParts(String request) throws Exception {
    List<String> answers =
        both.answers(
            client -> {
              for (int first = 1; first < request.length(); first++) {
                client.sendInTwo(first, request);
                if (isHeld(request)) {
                  client.awaitHeld(1).update("x");
                }
                client.awaitAnswer();
              }
            });

    assertThat(answers).hasSizeGreaterThan(request.length());
  }

  private static boolean isHeld(String request) {
    return request.contains("VERSION") && !request.contains("wait=0");
  }

  static List<String> inParts() {
    return List.of(POLL, HELD, NOTHING, PollRequests.ofABrowser(), UPDATE_WITH_BODY);
  }

  @ParameterizedTest
  @MethodSource("inParts")
  void requestMayComeByteByByte(String request) throws Exception {
    both.answers(
        client -> {
          for (int i = 0; i < request.length(); i++) {
            client.send(request.substring(i, i + 1)).pause();
          }
          client.settle().send(STATUS).awaitAnswer();
        });
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void requestsMayComeTogether(String first, String second) throws Exception {
    both.answers(client -> client.send(first + second).settle());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void requestsMayComeOneAfterTheOther(String first, String second) throws Exception {
    both.answers(client -> client.send(first).settle().send(second).settle());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void secondRequestMayComeWithAPartOfTheThird(String first, String second) throws Exception {
    for (int part : new int[] {1, 10, second.length() - 1}) {
      both.answers(
          client ->
              client
                  .send(first + second.substring(0, part))
                  .settle()
                  .send(second.substring(part))
                  .settle());
    }
  }

  static List<Object[]> pairs() {
    List<String> kinds =
        List.of(
            POLL, HELD, NOTHING, BAD, STATUS, PAGE, UPDATE, UPDATE_WITH_BODY, "garbage\r\n\r\n");
    List<Object[]> pairs = new ArrayList<>();
    for (String first : kinds) {
      for (String second : kinds) {
        pairs.add(new Object[] {first, second});
      }
    }
    return pairs;
  }

  @ParameterizedTest
  @MethodSource("early")
  void requestMayComeWhileAnotherIsHeld(String early) throws Exception {
    List<String> answers =
        both.answers(
            client ->
                client
                    .send(HELD)
                    .awaitHeld(1)
                    .send(early)
                    .pause()
                    .update("x")
                    .awaitAnswer()
                    .settle());

    assertThat(answers.getFirst()).startsWith("HTTP/1.1 200 ");
  }

  static List<String> early() {
    return List.of(
        POLL,
        HELD,
        NOTHING,
        BAD,
        STATUS,
        UPDATE,
        UPDATE_WITH_BODY,
        POLL + POLL,
        POLL + STATUS,
        STATUS + POLL,
        HELD + HELD,
        "\r\n" + STATUS,
        "garbage\r\n\r\n",
        POLL.substring(0, 30),
        POLL.substring(0, 1),
        STATUS + POLL.substring(0, 30),
        "a".repeat(20_000));
  }

  /// The one that is held then has not been answered when the others arrive.
  @Test
  void manyRequestsMayComeWhileOneIsHeld() throws Exception {
    List<String> answers =
        both.answers(
            client -> {
              client.send(HELD).awaitHeld(1);
              for (int i = 0; i < 100; i++) {
                client.send(i % 3 == 0 ? STATUS : POLL);
              }
              client.update("x");
              for (int i = 0; i < 101; i++) {
                client.awaitAnswer();
              }
            });

    assertThat(answers).hasSize(103);
  }

  @Test
  void pollsAndOtherRequestsMayAlternate() throws Exception {
    List<String> answers =
        both.answers(
            client -> {
              for (int i = 0; i < 100; i++) {
                client.send(HELD).awaitHeld(1).update("x").awaitAnswer();
                client.send(STATUS).awaitAnswer().send(NOTHING).awaitAnswer();
                client.send(UPDATE).awaitAnswer().send(POLL).awaitAnswer();
                client.send(PAGE).awaitAnswer().send(BAD).awaitAnswer();
              }
            });

    assertThat(answers).hasSize(702);
  }

  @Test
  void holdEndsByTime() throws Exception {
    List<String> answers =
        both.answers(
            client -> {
              for (String wait : List.of("0.001", "0.1", "1")) {
                client.send(HELD.replace(" HTTP", "&wait=" + wait + " HTTP")).awaitAnswer();
              }
              client.send(HELD).awaitHeld(1).update("x").awaitAnswer();
            });

    assertThat(answers.subList(0, 3))
        .allMatch(answer -> answer.startsWith("HTTP/1.1 204 ") && answer.contains("Poll-Hold: 25"));
    assertThat(answers.get(3)).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /poll-sta"})
  void clientMayCloseItsSideAfterARequest(String more) throws Exception {
    for (String request : List.of(POLL, NOTHING, BAD, STATUS, UPDATE)) {
      both.answers(client -> client.send(request + more).finish());
      both.answers(client -> client.send(POLL).awaitAnswer().send(request + more).finish());
      both.answers(client -> client.send(POLL + request + more).finish());
    }
  }

  /// Its client is taken to be gone.
  @Test
  void heldRequestIsNotAnsweredOnceItsClientHasClosedItsSide() throws Exception {
    assertThat(both.answers(client -> client.send(HELD).awaitHeld(1).finish().awaitHeld(0)))
        .containsExactly("(end)");
  }
}
