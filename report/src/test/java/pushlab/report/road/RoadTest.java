package pushlab.report.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pushlab.report.result.road.Aspect;

/// Which proxies a report rests on.
class RoadTest {

  @Test
  void aRunWithoutProxiesBorrowsThoseThatWereMeasuredBefore() {
    Road road = Road.of(List.of());

    assertThat(road.own()).isFalse();
    assertThat(road.given()).isEmpty();
    assertThat(road.proxies())
        .extracting(MeasuredProxy::id)
        .contains("apache", "caddy", "h2o", "haproxy", "lighttpd", "nginx", "squid", "varnish");
    assertThat(road.proxies())
        .allSatisfy(
            proxy -> {
              assertThat(proxy.version()).isNotEmpty();
              assertThat(proxy.system()).contains("Debian");
              assertThat(proxy.aspects()).hasSize(Aspect.values().length);
              assertThat(proxy.withSettings()).isNotNull();
            });
  }

  @Test
  void itsOwnProxiesComeFirst() {
    Road road = Road.of(Roads.six());

    assertThat(road.own()).isTrue();
    assertThat(road.given()).isEmpty();
    assertThat(road.between()).hasSize(6);
  }

  @Test
  void answersRestOnTheProxyThatTheCellsWentThrough() {
    Road road = Road.of(Roads.behind());

    assertThat(road.given()).isPresent();
    assertThat(road.between()).extracting(MeasuredProxy::id).containsExactly("behind");
  }
}
