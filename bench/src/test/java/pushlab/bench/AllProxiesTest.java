package pushlab.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.road.Passage;
import pushlab.report.result.road.Passage.Fate;
import pushlab.report.result.road.ProxyResult;
import pushlab.report.result.road.Seen;

/// A whole run of `./lab proxies` sees what Debian 12's packages do, each as the smallest reverse
/// proxy of its manual. All eight must be installed.
@Tag("long")
@Tag("alone")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AllProxiesTest extends LabProcess {

  private Map<String, ProxyResult> known = Map.of();

  @BeforeAll
  void measure() throws Exception {
    folder = Files.createDirectories(Path.of("target", "all-proxies").toAbsolutePath());
    Process lab = start("proxies --results " + folder);
    assertThat(lab.waitFor()).isZero();
    known =
        new ResultsFolder(folder)
            .proxies(new ArrayList<>()).stream()
                .collect(Collectors.toMap(ProxyResult::id, it -> it));
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, 60, 504",
    "haproxy, 50, 504",
    "apache, 60, 502",
    "varnish, 60, 503",
    "squid, 70, 200",
    "caddy, 70, 200",
    "lighttpd, 70, 200",
    "h2o, 30, 502"
  })
  void aHoldPassesOrHasItsLimit(String id, double seconds, int status) {
    Passage.Hold hold = value(smallest(id).hold());
    assertThat(hold.seconds()).isCloseTo(seconds, within(2.0));
    assertThat(hold.status()).isEqualTo(status);
    assertThat(hold.passed()).isEqualTo(status == 200);
    assertThat(value(remedied(id).hold()).passed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, 0, 0, 0",
    "haproxy, 10, 190, 300",
    "apache, 10, 0, 50",
    "varnish, 10, 0, 50",
    "squid, 10, 0, 50",
    "caddy, 10, 0, 50",
    "lighttpd, 0, 0, 0",
    "h2o, 10, 0, 50"
  })
  void eventsAreLateOrHeldBack(String id, int arrived, double atLeast, double atMost) {
    Passage.Lateness lateness = value(smallest(id).events());
    assertThat(lateness.arrived()).isEqualTo(arrived);
    if (arrived > 0) {
      assertThat(lateness.laterMillis()).isBetween(atLeast, atMost);
    }
    assertThat(value(remedied(id).events()).laterMillis()).isLessThan(50);
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, 426, 403, true",
    "haproxy, 101, 200, false",
    "apache, 426, 403, false",
    "varnish, 426, 200, false",
    "squid, 426, 200, true",
    "caddy, 101, 200, true",
    "lighttpd, 426, 200, false",
    "h2o, 426, 403, false"
  })
  void aWebSocketAnUpdateAndTheEndOfAPollerPassOrNot(
      String id, int webSocket, int update, boolean left) {
    Passage passage = smallest(id);
    assertThat(value(passage.webSocket())).isEqualTo(webSocket);
    assertThat(value(passage.update())).isEqualTo(update);
    assertThat(value(passage.left()).millis() != null).isEqualTo(left);
    assertThat(value(remedied(id).webSocket())).isEqualTo(101);
    assertThat(value(remedied(id).update())).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, 502, 502, 1",
    "haproxy, 502, , 1",
    "apache, 502, , 1",
    "varnish, 503, 503, 2",
    "squid, 502, 502, 2",
    "caddy, 502, 502, 2",
    "lighttpd, 500, 500, 1",
    "h2o, 502, 502, 1"
  })
  void aPollerIsToldOfADeadServer(
      String id, int first, @Nullable Integer reused, int requestsOfReused) {
    Passage passage = smallest(id);
    assertThat(value(passage.death())).isEqualTo(new Passage.Death(first, 1));
    assertThat(value(passage.deathOfReused()))
        .isEqualTo(new Passage.Death(reused, requestsOfReused));
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, 254, 128",
    "haproxy, 300, 100",
    "apache, 300, 6",
    "varnish, 300, 100",
    "caddy, 300, 151",
    "lighttpd, 300, 8",
    "h2o, 300, 100"
  })
  void soManyPollsAreHeldAtOnce(String id, int connections, int streams) {
    assertThat(value(smallest(id).polls()).held()).isCloseTo(connections, within(3));
    assertThat(value(smallest(id).pollsOfOneConnection()).held()).isEqualTo(streams);
  }

  @Test
  void varnishSendsOneOfEqualPolls() {
    assertThat(value(smallest("varnish").equalPolls()))
        .isEqualTo(new Passage.EqualPolls(10, 1, 10));
    assertThat(value(remedied("varnish").equalPolls()).first()).isEqualTo(10);
  }

  @Test
  void aReloadEndsPollsOfLighttpdAndSocketsOfCaddy() {
    assertThat(value(smallest("lighttpd").reload()).poll()).isEqualTo(Fate.CUT);
    Passage.Reload caddy = value(smallest("caddy").reload());
    assertThat(caddy.socket()).isEqualTo(Fate.TOLD);
    assertThat(caddy.socketCode()).isEqualTo(1001);
    for (String id : known.keySet()) {
      assertThat(id.equals("lighttpd") || value(smallest(id).reload()).poll() == Fate.SERVED)
          .as(id)
          .isTrue();
    }
  }

  private Passage smallest(String id) {
    return requireNonNull(known.get(id)).smallest();
  }

  private Passage remedied(String id) {
    return requireNonNull(requireNonNull(known.get(id)).remedied());
  }

  private static <T> T value(Seen<T> seen) {
    return requireNonNull(seen.value(), () -> String.valueOf(seen.why()));
  }
}
