package pushlab.bench.road;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.bench.FaultyProxy;
import pushlab.bench.FaultyProxy.Behaviour;
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
import pushlab.report.result.road.Seen;

/// The probes see what a proxy does that is known to do it.
@Timeout(60)
class ProbesTest {

  private static final Waits WAITS =
      new Waits(Duration.ofSeconds(4), Duration.ofSeconds(2), Duration.ZERO, Duration.ofSeconds(1));

  @SuppressWarnings("NullAway.Init") // set before each test
  private Origin origin;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Client client;

  @BeforeEach
  void start() throws IOException {
    origin = Origin.start();
    client = new Client();
  }

  @AfterEach
  void stop() {
    client.close();
    origin.close();
  }

  @Test
  void aProxyThatPassesEverythingOnHasNoFault() throws Exception {
    try (FaultyProxy proxy = faulty(Behaviour.RIGHT)) {
      Road road = road(proxy);
      assertThat(value(HoldProbe.measure(road)).passed()).isTrue();
      assertThat(value(EventsProbe.measure(road)).arrived()).isEqualTo(10);
      assertThat(value(SilenceProbe.ofStream(road)).end()).isEqualTo(End.NONE);
      assertThat(value(SilenceProbe.ofSocket(road)).end()).isEqualTo(End.NONE);
      assertThat(value(HandshakeProbe.measure(road))).isEqualTo(101);
      assertThat(value(UpdateProbe.measure(road))).isEqualTo(200);
      assertThat(value(EqualPollsProbe.measure(road))).isEqualTo(new EqualPolls(10, 10, 10));
      assertThat(value(PollsProbe.measure(road))).isEqualTo(new AtOnce(300, 300, 0));
      assertThat(value(DeathProbe.ofFirst(road)).requests()).isEqualTo(1);
    }
  }

  @Test
  void noProxyLetsTheServerLearnAtOnceThatAPollerLeft() throws Exception {
    Left left = value(LeftProbe.measure(direct()));
    assertThat(left.millis()).isNotNull();
    assertThat(left.resetMillis()).isNotNull();
  }

  @Test
  void aProxyThatCollectsHoldsEventsBack() throws Exception {
    try (FaultyProxy proxy = faulty(Behaviour.COLLECTS_STREAMS)) {
      assertThat(value(EventsProbe.measure(road(proxy))))
          .isEqualTo(new Lateness(null, null, 10, 0));
    }
  }

  @Test
  void aProxyThatCutsSilenceEndsAHoldAndAStream() throws Exception {
    try (FaultyProxy proxy = faulty(Behaviour.CUTS_SILENCE)) {
      Hold hold = value(HoldProbe.measure(road(proxy)));
      assertThat(hold.passed()).isFalse();
      assertThat(hold.status()).isEqualTo(504);
      assertThat(hold.seconds()).isBetween(1.5, 3.5);
      Silence silence = value(SilenceProbe.ofStream(road(proxy)));
      assertThat(silence.end()).isNotEqualTo(End.NONE);
      assertThat(silence.seconds()).isBetween(1.5, 3.5);
    }
  }

  @Test
  void aProxyThatDropsUpgradeLeavesA426() throws Exception {
    try (FaultyProxy proxy = faulty(Behaviour.DROPS_UPGRADE)) {
      assertThat(value(HandshakeProbe.measure(road(proxy)))).isEqualTo(426);
    }
  }

  @Test
  void aProxyThatRewritesHostLeavesA403() throws Exception {
    try (FaultyProxy proxy = faulty(Behaviour.REWRITES_HOST)) {
      assertThat(value(UpdateProbe.measure(road(proxy)))).isEqualTo(403);
    }
  }

  @Test
  void aGetThatIsSentAgainIsCounted() throws Exception {
    try (FaultyProxy proxy = faulty(Behaviour.REPEATS_GET)) {
      assertThat(value(DeathProbe.ofFirst(road(proxy))).requests()).isGreaterThan(1);
    }
  }

  @Test
  void aProxyThatCollapsesEqualPollsSendsOne() throws Exception {
    try (FaultyProxy proxy = faulty(Behaviour.COLLAPSES_EQUAL_GETS)) {
      assertThat(value(EqualPollsProbe.measure(road(proxy))).first()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatIsClosedBeforeItsSecondPollArrivesIsNamed() throws Exception {
    try (FaultyProxy proxy = faulty(Behaviour.CLOSES_KEPT_CONNECTIONS)) {
      assertThat(value(DeathProbe.ofReused(road(proxy)))).isEqualTo(new Death(null, 0));
    }
  }

  @Test
  void aProxyThatDelaysWritesMakesEachEventLate() throws Exception {
    try (FaultyProxy proxy = faulty(Behaviour.DELAYS_WRITES)) {
      Lateness lateness = value(EventsProbe.measure(road(proxy)));
      assertThat(lateness.firstMillis()).isGreaterThanOrEqualTo(190.0);
      assertThat(lateness.laterMillis()).isGreaterThanOrEqualTo(190.0);
    }
  }

  @Test
  void aReloadThatDoesNothingServesAllThatWait() throws Exception {
    Seen<Reload> reload = ReloadProbe.measure(direct(), () -> {});
    assertThat(value(reload)).isEqualTo(new Reload(Fate.SERVED, Fate.SERVED, Fate.SERVED, null));
  }

  @Test
  void aReloadThatClosesAllConnectionsCutsAllThatWait() throws Exception {
    try (FaultyProxy proxy = faulty(Behaviour.RIGHT)) {
      Seen<Reload> reload = ReloadProbe.measure(road(proxy), proxy::close);
      assertThat(value(reload)).isEqualTo(new Reload(Fate.CUT, Fate.CUT, Fate.CUT, null));
    }
  }

  private FaultyProxy faulty(Behaviour behaviour) throws IOException {
    return FaultyProxy.start(behaviour, address());
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + origin.address().getPort());
  }

  private Road road(FaultyProxy proxy) {
    return new Road(client, origin, proxy.address(), WAITS);
  }

  private Road direct() {
    return new Road(client, origin, address(), WAITS);
  }

  private static <T> T value(Seen<T> seen) {
    assertThat(seen.why()).isNull();
    return requireNonNull(seen.value());
  }
}
