package pushlab.bench.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import pushlab.bench.check.Finding.Outcome;
import pushlab.bench.road.proxy.Form;
import pushlab.bench.road.proxy.Proxies;
import pushlab.bench.road.proxy.ProxyKind;
import pushlab.bench.road.proxy.RunningProxy;
import pushlab.server.PushlabServer;
import pushlab.server.options.ServerOptions;

/// The check behind real proxies, each where it is installed, and without the server's own address.
@Timeout(180)
class RealProxiesTest {

  @ParameterizedTest
  @CsvSource({
    "nginx, Upgrade is passed on|Host is passed on|events are passed on one by one",
    "haproxy, events are passed on in time"
  })
  void theFaultsOfTheSmallestConfigurationAreNamed(String id, String faults) throws Exception {
    assertNamed(id, faults);
  }

  @ParameterizedTest
  @Tag("long")
  @CsvSource({
    "apache, Upgrade is passed on|Host is passed on",
    "varnish, Upgrade is passed on|equal polls are all passed on",
    "squid, Upgrade is passed on",
    "caddy, ''",
    "lighttpd, Upgrade is passed on|events are passed on one by one",
    "h2o, Upgrade is passed on|Host is passed on"
  })
  void thoseOfTheOthersAreNamedToo(String id, String faults) throws Exception {
    assertNamed(id, faults);
  }

  private static void assertNamed(String id, String faults) throws Exception {
    ProxyKind kind = Proxies.of(id).orElseThrow();
    assumeTrue(Proxies.installed().contains(kind), id + " is not installed");
    List<String> expected = faults.isEmpty() ? List.of() : Arrays.asList(faults.split("\\|", -1));
    Checking checking = check(kind, Form.SMALLEST, expected);

    assertThat(blamed(checking)).as(checking.said()).isEmpty();
    assertThat(ofTheRoad(checking)).as(checking.said()).isEqualTo(expected);
    assertThat(checking.said())
        .as("the program that listens is named, or the answers name it")
        .containsIgnoringCase(kind.name());
  }

  static List<ProxyKind> installed() {
    return Proxies.installed();
  }

  @ParameterizedTest
  @Tag("long")
  @MethodSource("installed")
  void noServerIsBlamedWithOurRemedies(ProxyKind kind) throws Exception {
    Checking checking = check(kind, Form.REMEDIED, List.of());

    assertThat(blamed(checking)).as(checking.said()).isEmpty();
  }

  private static Checking check(ProxyKind kind, Form form, List<String> expected) throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port=0", "--hold=2200ms"));
        var proxy =
            RunningProxy.start(
                kind,
                form,
                new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), server.address().getPort()))) {
      return Checking.upToThrice(
          it -> blamed(it).isEmpty() && ofTheRoad(it).equals(expected),
          () -> Checking.of(proxy.address()));
    }
  }

  private static List<String> blamed(Checking checking) {
    return checking.checked().findings().stream()
        .filter(Finding::isBroken)
        .map(Finding::rule)
        .toList();
  }

  private static List<String> ofTheRoad(Checking checking) {
    return checking.checked().findings().stream()
        .filter(it -> it.group().equals("What stands between") && it.outcome() == Outcome.ROAD)
        .map(Finding::rule)
        .toList();
  }
}
