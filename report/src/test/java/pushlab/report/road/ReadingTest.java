package pushlab.report.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pushlab.report.result.Said;
import pushlab.report.result.road.Aspect;
import pushlab.report.result.road.Passage;
import pushlab.report.result.road.Passage.AtOnce;
import pushlab.report.result.road.Passage.Death;
import pushlab.report.result.road.Passage.End;
import pushlab.report.result.road.Passage.EqualPolls;
import pushlab.report.result.road.Passage.Fate;
import pushlab.report.result.road.Passage.Hold;
import pushlab.report.result.road.Passage.Lateness;
import pushlab.report.result.road.Passage.Left;
import pushlab.report.result.road.Passage.Reload;
import pushlab.report.result.road.Passage.Silence;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;

/// What each measured value means.
class ReadingTest {

  @Test
  void aHoldThatPassesIsSafeForAsLongAsItWasTried() {
    Reading reading = Waits.hold(new Hold(70.02, true, 200));

    assertThat(reading.effect()).isEqualTo(Effect.PASSES);
    assertThat(reading.value().english()).isEqualTo("70 s pass");
    assertThat(means(reading))
        .isEqualTo("Long polling: a hold of 70 s passes; longer ones were not tried.");
  }

  @Test
  void aHoldThatIsCutLimitsLongPolls() {
    Reading reading = Waits.hold(new Hold(60.04, false, 504));

    assertThat(reading.effect()).isEqualTo(Effect.LIMITED);
    assertThat(reading.value().english()).isEqualTo("cut at 60 s: 504");
    assertThat(reading.brief().english()).isEqualTo("holds < 60 s");
    assertThat(means(reading))
        .isEqualTo(
            "Long polling: hold polls for less than 60 s, for example for 25 s."
                + " Short polling: nothing to do.");
    assertThat(reading.value().in(Language.FRENCH)).isEqualTo("coupée à 60 s\u00a0: 504");
    assertThat(Waits.hold(new Hold(2.04, false, null)).value().english())
        .isEqualTo("closed at 2 s without an answer");
  }

  @ParameterizedTest
  @CsvSource({
    "60, 25",
    "50, 25",
    "30, 20",
    "29.96, 20",
    "20, 13",
    "12, 8",
    "5, 3",
    "2, 1",
    "1, 0.6"
  })
  void whatToSetIsAtMostTwoThirdsOfALimit(double limit, double hold) {
    assertThat(Margin.below(limit, Margin.USUAL_HOLD)).isEqualTo(hold);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2, 1.0, 20, PASSES, 1 ms late; the first 1.2 ms, arrives when it is sent",
    "40, 49, 20, PASSES, 49 ms late; the first 40 ms, arrives when it is sent",
    "212.4, 210.7, 20, LIMITED, 211 ms late; the first 212 ms, each event is 211 ms late",
    "37012, 20100, 24, FAILS, first one 37 s late; 24 of 60 before the stream ended, too late",
    "5, 3, 4, FAILS, first one 5 ms late; 4 of 60 before the stream ended, too late",
    ", , 0, FAILS, only when the stream ends, too late to be of use"
  })
  void eventsThatAreLateOrCollectedDoNotSuitAStream(
      @Nullable Double first,
      @Nullable Double later,
      int arrived,
      Effect effect,
      String value,
      String means) {
    int sent = effect == Effect.FAILS ? 60 : 20;
    Reading reading = Streams.events(new Lateness(first, later, sent, arrived));

    assertThat(reading.effect()).isEqualTo(effect);
    assertThat(reading.value().english()).isEqualTo(value);
    assertThat(means(reading)).startsWith("Server-sent events and NDJSON").contains(means);
  }

  @Test
  void aLateEventIsNoFaultOfALongPoll() {
    assertThat(means(Streams.events(new Lateness(212.0, 210.0, 20, 20))))
        .endsWith("A long poll is not: its answer is complete.");
  }

  @Test
  void compressionThatHoldsEventsBackIsLeftOff() {
    assertThat(means(Streams.compressed(new Lateness(null, null, 20, 0))))
        .contains("Leave text/event-stream uncompressed");
  }

  @ParameterizedTest
  @CsvSource({
    "70, NONE, , PASSES, 70 s pass, may be silent for 70 s",
    "60, CUT, , LIMITED, cut after 60 s, sooner than every 60 s; for example every 15 s",
    "12, COMPLETE, , LIMITED, ended after 12 s, a complete answer"
  })
  void aSilenceThatIsCutNeedsAHeartbeat(
      double seconds, End end, @Nullable Integer code, Effect effect, String value, String means) {
    Reading reading = Waits.silentStream(new Silence(seconds, end, code));

    assertThat(reading.effect()).isEqualTo(effect);
    assertThat(reading.value().english()).isEqualTo(value);
    assertThat(means(reading)).contains(means.replace("; for", ", for"));
  }

  @Test
  void aSocketThatIsClosedAfterASilenceSaysItsCode() {
    Reading reading = Waits.silentSocket(new Silence(50, End.COMPLETE, 1001));

    assertThat(reading.value().english()).isEqualTo("closed after 50 s with code 1001");
    assertThat(means(reading)).startsWith("WebSocket: send a ping sooner than every 50 s");
  }

  @ParameterizedTest
  @CsvSource({"101, PASSES", "426, FAILS", "200, FAILS", "502, FAILS"})
  void onlySwitchingProtocolsOpensAWebSocket(int status, Effect effect) {
    Reading reading = Requests.webSocket(status);

    assertThat(reading.effect()).isEqualTo(effect);
    assertThat(reading.value().english()).endsWith(": " + status);
  }

  @Test
  void arefusedUpdateIsLaidToTheHostThatTheProxyChanged() {
    assertThat(Requests.update(200).effect()).isEqualTo(Effect.PASSES);
    assertThat(means(Requests.update(403)))
        .contains("the proxy has changed Host")
        .contains("Reading is not affected");
    assertThat(means(Requests.update(502))).contains("refused with 502");
  }

  @Test
  void equalPollsThatAreCollapsedLimitLongPolling() {
    assertThat(Requests.equalPolls(new EqualPolls(10, 10, 10)).effect()).isEqualTo(Effect.PASSES);
    Reading once = Requests.equalPolls(new EqualPolls(10, 1, 9));
    assertThat(once.effect()).isEqualTo(Effect.LIMITED);
    assertThat(once.value().english()).isEqualTo("1 of 10 reach the server, then 9");
    assertThat(means(once)).contains("a parameter of their own");
    assertThat(Requests.equalPolls(new EqualPolls(10, 10, 4)).effect()).isEqualTo(Effect.LIMITED);
  }

  @Test
  void aPollerThatLeavesUnseenIsCountedUntilTheHoldEnds() {
    assertThat(Waits.left(new Left(1.6, 1.2, 3000)).value().english()).isEqualTo("after 1.6 ms");
    Reading never = Waits.left(new Left(null, null, 3000));
    assertThat(never.effect()).isEqualTo(Effect.LIMITED);
    assertThat(never.value().english()).isEqualTo("not within 3 s");
    assertThat(Waits.left(new Left(null, 1.2, 3000)).value().english())
        .isEqualTo("not within 3 s; after a reset, 1.2 ms");
  }

  @ParameterizedTest
  @CsvSource({
    "502, 1, PASSES, 502",
    ", 1, LIMITED, closed without an answer",
    "503, 2, LIMITED, 503; the server was asked 2 times"
  })
  void aServerThatDiesIsToldToClients(
      @Nullable Integer status, int requests, Effect effect, String value) {
    Reading reading = Ends.death(new Death(status, requests));

    assertThat(reading.effect()).isEqualTo(effect);
    assertThat(reading.value().english()).isEqualTo(value);
  }

  @Test
  void aReloadSaysWhatBecomesOfEachThatGetsThrough() {
    Reading none = Ends.reload(new Reload(Fate.SERVED, null, null, null));
    assertThat(none.effect()).isEqualTo(Effect.PASSES);
    assertThat(none.value().english()).isEqualTo("poll answered");

    Reading some = Ends.reload(new Reload(Fate.SERVED, Fate.CUT, Fate.TOLD, 1001));
    assertThat(some.effect()).isEqualTo(Effect.LIMITED);
    assertThat(some.value().english())
        .isEqualTo("poll answered; stream cut; WebSocket closed with code 1001");
    assertThat(means(some))
        .contains("Server-sent events and NDJSON: a reload ends streams")
        .contains("WebSocket: a reload ends connections")
        .doesNotContain("Long polling");
  }

  @Test
  void fewPollsAtOnceAreALimit() {
    assertThat(Requests.polls(new AtOnce(300, 300, 0)).effect()).isEqualTo(Effect.PASSES);
    Reading some = Requests.polls(new AtOnce(300, 255, 45));
    assertThat(some.effect()).isEqualTo(Effect.LIMITED);
    assertThat(some.value().english()).isEqualTo("255 of 300 held, 45 refused");
  }

  @ParameterizedTest
  @CsvSource({"151, PASSES", "128, PASSES", "100, PASSES", "8, LIMITED"})
  void aConnectionThatCarriesAHundredIsEnoughForABrowser(int held, Effect effect) {
    assertThat(Requests.pollsOfOneConnection(new AtOnce(151, held, 0)).effect()).isEqualTo(effect);
  }

  @Test
  void whatWasNotMeasuredSaysWhy() {
    Passage unknown = Passage.unknown(Said.verbatim("it has no HTTP/2"));

    assertThat(List.of(Aspect.values()))
        .allSatisfy(
            aspect -> {
              Reading reading = Reading.of(aspect, unknown);
              assertThat(reading.effect()).isEqualTo(Effect.UNKNOWN);
              assertThat(reading.value().english()).isEqualTo("not measured");
              assertThat(means(reading)).isEqualTo("it has no HTTP/2");
            });
  }

  @Test
  void eachAspectHasAName() {
    assertThat(List.of(Aspect.values()))
        .allSatisfy(aspect -> assertThat(RoadCell.title(aspect).english()).isNotEmpty());
  }

  private static String means(Reading reading) {
    return Phrase.joined(" ", reading.means()).english();
  }
}
