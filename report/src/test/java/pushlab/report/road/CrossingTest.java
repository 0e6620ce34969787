package pushlab.report.road;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pushlab.report.result.Said;
import pushlab.report.result.Transport;
import pushlab.report.result.road.Aspect;
import pushlab.report.result.road.Passage;

/// Which transport gets through which proxy.
class CrossingTest {

  @ParameterizedTest
  @CsvSource({
    "nginx, SHORT_POLLING, PASSES, passes",
    "nginx, LONG_POLLING, LIMITED, 'holds < 60 s, 255 at once'",
    "nginx, SERVER_SENT_EVENTS, FAILS, 37 s late",
    "nginx, NDJSON_STREAM, FAILS, 37 s late",
    "nginx, WEBSOCKET, FAILS, 426",
    "haproxy, SERVER_SENT_EVENTS, LIMITED, '211 ms late, silence < 50 s'",
    "haproxy, WEBSOCKET, LIMITED, silence < 50 s",
    "varnish, LONG_POLLING, LIMITED, 'holds < 60 s, equal polls: 1 of 10 at once'",
    "squid, LONG_POLLING, PASSES, passes",
    "squid, SERVER_SENT_EVENTS, PASSES, passes",
    "lighttpd, SERVER_SENT_EVENTS, FAILS, only when the stream ends"
  })
  void restsOnTheRowsOfItsTransport(
      String proxy, Transport transport, Effect effect, String brief) {
    Crossing crossing = Crossing.of(transport, Roads.of(proxy).smallest());

    assertThat(crossing.effect()).isEqualTo(effect);
    assertThat(crossing.brief().english()).isEqualTo(brief);
    assertThat(crossing.limits()).hasSameSizeAs(crossing.rows());
  }

  @Test
  void saysWhatToSet() {
    Passage h2o = Roads.of("h2o").smallest();
    Crossing polls = Crossing.of(Transport.LONG_POLLING, h2o);
    assertThat(polls.holdLimit()).isEqualTo(30.02);
    assertThat(polls.holdSeconds()).isEqualTo(20);
    assertThat(polls.heartbeatSeconds()).isNull();
    assertThat(polls.rows()).containsExactly(Aspect.HOLD);

    Crossing events = Crossing.of(Transport.SERVER_SENT_EVENTS, h2o);
    assertThat(events.silenceLimit()).isEqualTo(30);
    assertThat(events.heartbeatSeconds()).isEqualTo(15);
    assertThat(events.holdSeconds()).isNull();

    Crossing squid = Crossing.of(Transport.LONG_POLLING, Roads.of("squid").smallest());
    assertThat(squid.holdLimit()).isNull();
    assertThat(squid.holdSeconds()).isEqualTo(25);
  }

  @Test
  void theSettingsLetTransportsThrough() {
    Passage nginx = requireNonNull(Roads.of("nginx").remedied());

    assertThat(Crossing.of(nginx))
        .allSatisfy(crossing -> assertThat(crossing.effect()).isEqualTo(Effect.PASSES));
  }

  @Test
  void isUnknownWithoutAMeasurement() {
    assertThat(Crossing.of(Passage.unknown(Said.verbatim("it did not start"))))
        .hasSize(Transport.values().length)
        .allSatisfy(crossing -> assertThat(crossing.effect()).isEqualTo(Effect.UNKNOWN));
  }
}
