package pushlab.report.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.report.result.Transport.LONG_POLLING;
import static pushlab.report.result.Transport.SERVER_SENT_EVENTS;
import static pushlab.report.result.Transport.SHORT_POLLING;
import static pushlab.report.result.Transport.WEBSOCKET;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import pushlab.report.advice.Advice.Sentence;
import pushlab.report.judge.Summaries;
import pushlab.report.model.Model;
import pushlab.report.result.Cell;
import pushlab.report.result.Network;
import pushlab.report.result.Percentiles;
import pushlab.report.result.Repeat;
import pushlab.report.result.Repeat.Traffic;
import pushlab.report.result.RepeatBuilder;
import pushlab.report.result.ServerUse;
import pushlab.report.result.Transport;
import pushlab.report.road.Road;
import pushlab.report.road.RoadRow;
import pushlab.report.road.Roads;
import pushlab.report.stat.Confidence;
import pushlab.report.text.Language;

class AdviserTest {

  private static final int CLIENTS = 100;
  private static final double RATE = 0.2;
  private static final Model NO_MODEL = Model.of(null, List.of(), List.of());
  private static final Road SIX = Road.of(false, Roads.six());
  private static final Road BEHIND = Road.of(true, Roads.behind());

  @Test
  void takesThePreferredOneOfThoseThatAreGoodEnough() {
    Advice payment = payment(polled(700, 800), cell(LONG_POLLING, 9, 8), cell(WEBSOCKET, 2, 3));

    assertThat(payment.certainty()).isEqualTo(Certainty.MEASURED);
    assertThat(payment.confidence()).isEqualTo(Confidence.SURE);
    assertThat(payment.take()).isEqualTo(LONG_POLLING);
    assertThat(payment.headline().english()).isEqualTo("Take long polling");
    assertThat(text(payment.reasons()))
        .contains("With long polling, 99 of 100 updates arrive within 8.50 ms.")
        .contains("Short polling every 970 ms takes up to 750 ms, 300 times")
        .contains("As good in everything that matters here, or too close to call: WebSocket.")
        .contains("What proxies of mobile networks do was not measured");
    assertThat(text(payment.grounds()))
        .contains("Measured with exactly this workload: 100 clients");
    assertThat(payment.line().english())
        .isEqualTo(
            "A payment’s status on a phone: Take long polling (as good, or too close to call: WebSocket)"
                + " (measured; sure: wrong less than once in 1,000)");
    assertThat(payment.reasons().get(1).cells()).containsExactly("short-polling", "websocket");
  }

  @Test
  void anAnswerThatRestsOnLoopbackAddsTheNetworkOfItsCaseAndSaysSo() {
    Advice payment = advice("payment", overLoopback(polled(700, 800), cell(LONG_POLLING, 9, 8)));

    assertThat(payment.certainty()).isEqualTo(Certainty.ESTIMATED);
    assertThat(payment.take()).isEqualTo(LONG_POLLING);
    assertThat(text(payment.reasons()))
        .contains("With long polling, 99 of 100 updates should arrive within 31");
    assertThat(text(payment.grounds()))
        .contains("Measured with this workload without a network: 100 clients")
        .contains("No cell was measured over the network of this case, 4g (round trip ")
        .contains("by theory it adds about ");
  }

  @Test
  void cannotTellIfRepeatsOverlapAndAreNotGoodEnough() {
    Advice payment = payment(polled(300, 900), cell(LONG_POLLING, 200, 701));

    assertThat(payment.certainty()).isEqualTo(Certainty.CANNOT_TELL);
    assertThat(payment.take()).isNull();
    assertThat(payment.confidence()).isNull();
    assertThat(text(payment.reasons()))
        .contains("--clients 100 --updates-per-second 0.2 --network 4g");
  }

  @Test
  void allAreAlikeIfNoDifferenceMatters() {
    Advice payment = payment(cell(LONG_POLLING, 90, 91), cell(WEBSOCKET, 1, 2));

    assertThat(payment.certainty()).isEqualTo(Certainty.MEASURED);
    assertThat(payment.take()).isEqualTo(LONG_POLLING);
    assertThat(payment.left()).containsExactly(WEBSOCKET);
    assertThat(text(payment.reasons())).contains("All are good enough here");
  }

  @Test
  void cannotTellAboutAWorkloadThatIsNeitherMeasuredNorEstimated() {
    Advice chat = advice("presence", polled(600, 900));

    assertThat(chat.certainty()).isEqualTo(Certainty.CANNOT_TELL);
    assertThat(text(chat.reasons()))
        .contains("--clients 100 --updates-per-second 20 --network wifi");
  }

  @Test
  void answersThatTheRunCannotGiveComeLast() {
    assertThat(Adviser.of(Summaries.of(atRate(20)), NO_MODEL, SIX))
        .extracting(Advice::certainty)
        .containsExactly(
            Certainty.MEASURED,
            Certainty.CANNOT_TELL,
            Certainty.CANNOT_TELL,
            Certainty.CANNOT_TELL,
            Certainty.CANNOT_TELL,
            Certainty.CANNOT_TELL);
  }

  @Test
  void moreRepeatsCouldDecideWhatIsTooClose() {
    assertThat(
            Adviser.undecided(
                Summaries.of(polled(300, 900), cell(LONG_POLLING, 200, 701)), NO_MODEL, SIX))
        .containsExactlyInAnyOrder("short-polling", "long-polling");
    assertThat(
            Adviser.undecided(
                Summaries.of(polled(800, 900), cell(LONG_POLLING, 8, 9), cell(WEBSOCKET, 8, 9)),
                NO_MODEL,
                SIX))
        .isEmpty();
  }

  @Test
  void leavesOutACellWithAFault() {
    Cell faulty = cell(WEBSOCKET, 1, 2, 3);

    Advice payment = payment(polled(700, 800), cell(LONG_POLLING, 8, 9), faulty);

    assertThat(payment.take()).isEqualTo(LONG_POLLING);
    assertThat(payment.omitted()).containsExactly(WEBSOCKET);
    assertThat(payment.line().english()).contains("(not compared: WebSocket)");
    assertThat(text(payment.grounds())).contains("Not compared, or not in everything: WebSocket");
    assertThat(payment(polled(600, 900), faulty).certainty()).isEqualTo(Certainty.CANNOT_TELL);
  }

  @Test
  void behindAStrictProxyWhatDoesNotGetThroughEachOneIsOut() {
    Advice proxy = advice("proxy", atRate(2));

    assertThat(proxy.take()).isEqualTo(LONG_POLLING);
    assertThat(proxy.headline().english())
        .isEqualTo("Take long polling, hold 20 s: h2o cuts at 30 s");
    assertThat(proxy.left()).isEmpty();
    assertThat(text(proxy.reasons()))
        .contains(
            "All 6 proxies, each as its manual sets it up, let long polling through; with a limit: ")
        .contains("HAProxy (holds < 50 s)")
        .contains(
            "2 of 6 proxies do not let server-sent events and an NDJSON stream through:"
                + " lighttpd (only when the stream ends),"
                + " nginx (37 s late).")
        .contains("5 of 6 proxies do not let WebSocket through: h2o (426)");
    assertThat(proxy.reasons())
        .flatExtracting(Sentence::rows)
        .extracting(RoadRow::anchor)
        .contains("road-h2o-hold", "road-nginx-events", "road-squid-web-socket");
  }

  @Test
  void anAnswerWhoseProxiesWereMeasuredElsewhereIsAnEstimate() {
    Advice proxy = advice("proxy", atRate(2));

    assertThat(proxy.certainty()).isEqualTo(Certainty.ESTIMATED);
    assertThat(text(proxy.grounds()))
        .contains("Measured with exactly this workload")
        .contains("on Debian GNU/Linux 12 (bookworm), on 2026-11-27")
        .contains("measured without a proxy");
  }

  @Test
  void behindYourProxyTheAnswerIsForIt() {
    Advice proxy = advice("proxy", BEHIND, atRate(2));

    assertThat(proxy.certainty()).isEqualTo(Certainty.MEASURED);
    assertThat(proxy.headline().english())
        .isEqualTo("Take long polling, hold 20 s: yours cuts at 30 s");
    assertThat(proxy.headline().in(Language.FRENCH))
        .isEqualTo("Prenez le long polling, retenez 20 s\u00a0: le vôtre coupe à 30 s");
    assertThat(proxy.left()).containsExactly(SERVER_SENT_EVENTS);
    assertThat(text(proxy.reasons()))
        .contains(
            "Your proxy, http://proxy.example:8080/, lets long polling through with a limit: holds < 30 s.")
        .contains("Your proxy, http://proxy.example:8080/, does not let WebSocket through: 426.");
  }

  @Test
  void aPhonesNetworkPrefersWhatMostProxiesLetThrough() {
    Advice payment = payment(polled(700, 800), cell(LONG_POLLING, 9, 8), cell(WEBSOCKET, 2, 3));

    assertThat(text(payment.reasons()))
        .contains("Of 6 proxies, each as its manual sets it up, let through: long polling 6,")
        .contains("WebSocket 1")
        .contains("Long polling: hold 20 s: h2o cuts at 30 s.");
    assertThat(payment.certainty()).isEqualTo(Certainty.MEASURED);
    assertThat(
            advice("payment", BEHIND, cell(LONG_POLLING, 9, 8), cell(WEBSOCKET, 2, 3)).certainty())
        .as("WebSocket does not get through, so there is nothing to compare")
        .isEqualTo(Certainty.CANNOT_TELL);
  }

  private static Cell[] atRate(double rate) {
    return new Cell[] {
      repeated(SHORT_POLLING, 970L, rate, 0, 600, 900),
      repeated(LONG_POLLING, null, rate, 0, 8, 9),
      repeated(SERVER_SENT_EVENTS, null, rate, 0, 3, 4)
    };
  }

  private static Advice payment(Cell... cells) {
    return advice("payment", cells);
  }

  private static Advice advice(String situation, Cell... cells) {
    return advice(situation, SIX, cells);
  }

  private static Advice advice(String situation, Road road, Cell... cells) {
    return Adviser.of(Summaries.of(cells), NO_MODEL, road).stream()
        .filter(advice -> advice.situation().id().equals(situation))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> english(Stream<Sentence> sentences) {
    return sentences.map(sentence -> sentence.text().english()).toList();
  }

  private static String text(List<Sentence> sentences) {
    return String.join(" ", english(sentences.stream()));
  }

  private static Cell polled(long one, long two) {
    return repeated(SHORT_POLLING, 970L, RATE, 0, one, two);
  }

  private static Cell cell(Transport transport, long one, long two) {
    return repeated(transport, null, RATE, 0, one, two);
  }

  private static Cell cell(Transport transport, long one, long two, long errors) {
    return repeated(transport, null, RATE, errors, one, two);
  }

  private static Cell repeated(
      Transport transport, @Nullable Long interval, double rate, long errors, long... p99Millis) {
    var repeats = new ArrayList<Repeat>();
    for (long millis : p99Millis) {
      repeats.add(repeat(repeats.size() + 1, 1000 * millis, errors));
    }
    return new Cell(
        transport.id(),
        transport,
        CLIENTS,
        rate,
        interval,
        1,
        Cell.PAYLOAD,
        null,
        network(rate),
        repeats);
  }

  /// That of the situation with this rate and [#CLIENTS].
  private static @Nullable Network network(double rate) {
    return Situation.ALL.stream()
        .filter(it -> it.clients() == CLIENTS && it.updatesPerSecond() == rate)
        .map(Situation::network)
        .findFirst()
        .orElse(null);
  }

  private static Cell[] overLoopback(Cell... cells) {
    return Stream.of(cells)
        .map(
            cell ->
                new Cell(
                    cell.id(),
                    cell.transport(),
                    cell.clients(),
                    cell.updatesPerSecond(),
                    cell.pollIntervalMillis(),
                    1,
                    Cell.PAYLOAD,
                    null,
                    null,
                    cell.repeats()))
        .toArray(Cell[]::new);
  }

  private static Repeat repeat(int number, long p99Micros, long errors) {
    var latency = new Percentiles(1, 1, p99Micros, p99Micros, p99Micros);
    return new RepeatBuilder(number)
        .latency(latency, latency)
        .traffic(new Traffic(50, 5000, 5000, 5000))
        .server(new ServerUse(10L, 10L, 0L, null, null, null, null, null, null, null))
        .errors(errors)
        .build();
  }
}
