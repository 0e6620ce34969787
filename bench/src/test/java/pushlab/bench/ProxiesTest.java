package pushlab.bench;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.bench.road.proxy.Proxies;
import pushlab.bench.road.proxy.ProxyKind;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.road.Passage;
import pushlab.report.result.road.ProxyResult;
import pushlab.report.result.road.Seen;

/// `./lab proxies`.
@Timeout(120)
class ProxiesTest extends LabProcess {

  @Test
  void nginxAndHaproxyAreMeasuredInBothForms() throws Exception {
    List<String> installed = Proxies.installed().stream().map(ProxyKind::id).toList();
    assumeTrue(installed.containsAll(List.of("nginx", "haproxy")), "both are installed");

    Ended lab = lab("proxies --quick --only nginx,haproxy --json - --results " + folder);

    assertThat(lab.exit()).isZero();
    assertThat(ResultsFolder.json().readTree(lab.out())).hasSize(2);
    Map<String, ProxyResult> known = known();
    Passage haproxy = requireNonNull(known.get("haproxy")).smallest();
    assertThat(value(haproxy.events()).laterMillis()).isGreaterThan(150);
    assertThat(value(haproxy.left()).millis()).isNull();
    assertThat(value(haproxy.webSocket())).isEqualTo(101);
    Passage nginx = requireNonNull(known.get("nginx")).smallest();
    assertThat(value(nginx.events()).arrived()).isZero();
    assertThat(value(nginx.webSocket())).isEqualTo(426);
    assertThat(value(nginx.update())).isEqualTo(403);
    assertThat(value(nginx.polls()).held()).isLessThan(300);
    for (ProxyResult each : known.values()) {
      Passage remedied = requireNonNull(each.remedied());
      assertThat(value(remedied.hold()).passed()).isTrue();
      assertThat(value(remedied.events()).arrived()).isEqualTo(10);
      assertThat(value(remedied.left()).millis()).isNotNull();
      assertThat(value(remedied.webSocket())).isEqualTo(101);
      assertThat(value(remedied.update())).isEqualTo(200);
      assertThat(value(remedied.polls()).held()).isEqualTo(300);
    }
    assertThat(folder.resolve("index.html")).exists();
  }

  @Test
  void aProxyThatEndsIsNamedAndLosesNothingOfTheOther() throws Exception {
    List<String> installed = Proxies.installed().stream().map(ProxyKind::id).toList();
    assumeTrue(installed.containsAll(List.of("nginx", "haproxy")), "both are installed");

    Process lab = start("proxies --quick --only nginx,haproxy --results " + folder);
    await(lab, () -> haproxies(lab).size() == 2);
    Thread.sleep(5_000);
    haproxies(lab).forEach(ProcessHandle::destroyForcibly);

    assertThat(lab.waitFor(90, TimeUnit.SECONDS)).isTrue();
    assertThat(lab.exitValue()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("err"))).contains("lab: HAProxy has ended");
    Map<String, ProxyResult> known = known();
    assertThat(value(requireNonNull(known.get("nginx")).smallest().reload())).isNotNull();
    Passage haproxy = requireNonNull(known.get("haproxy")).smallest();
    assertThat(value(haproxy.webSocket())).isEqualTo(101);
    assertThat(requireNonNull(haproxy.reload().why()).text())
        .startsWith("the proxy ended during the measurement");
  }

  private static List<ProcessHandle> haproxies(Process lab) {
    return lab.descendants()
        .filter(child -> child.info().command().orElse("").endsWith("/haproxy"))
        .toList();
  }

  private Map<String, ProxyResult> known() {
    return new ResultsFolder(folder)
        .proxies(new ArrayList<>()).stream().collect(toMap(ProxyResult::id, it -> it));
  }

  @Test
  void aNameThatIsNoProxyIsNamed() throws Exception {
    Ended lab = lab("proxies --only nothing --lang en");
    assertThat(lab.err())
        .contains("lab: there is no proxy 'nothing'; the lab knows nginx, haproxy,")
        .endsWith("lab: there is no proxy to measure\n");
    assertThat(lab.exit()).isEqualTo(1);
  }

  @Test
  void anAddressWithoutAServerIsNamed() throws Exception {
    try (var nobody = new NobodyListens()) {
      Ended lab = behind(nobody.address());
      assertThat(lab.err()).endsWith("lab: no server listens at " + nobody.address() + "\n");
      assertThat(lab.exit()).isEqualTo(1);
    }
  }

  @Test
  void aServerThatIsNoneOfTheContractIsNamed() throws Exception {
    try (var server = SmallServer.start()) {
      server.on("/update-status", (_, out) -> SmallServer.send(out, 404, "{}"));
      Ended lab = behind(server.address());
      assertThat(lab.err())
          .contains("is no server of the contract: POST /update-status was answered with 404");
      assertThat(lab.exit()).isEqualTo(1);
    }
  }

  private Ended behind(URI address) throws Exception {
    return lab("proxies --quick --behind %s --results %s".formatted(address, folder));
  }

  @Test
  void onlyDoesNotFitBehind() throws Exception {
    Ended lab = lab("proxies --only nginx --behind http://127.0.0.1:1");
    assertThat(lab.err()).contains("--only cannot be combined with --behind");
    assertThat(lab.exit()).isEqualTo(2);
  }

  @Test
  void aProxyThatRunsIsMeasuredAsFarAsAClientCan() throws Exception {
    try (var server = SmallServer.start();
        var proxy = FaultyProxy.start(FaultyProxy.Behaviour.REWRITES_HOST, server.address())) {
      Ended lab = behind(proxy.address());
      assertThat(lab.err()).contains("This changes the status of the server");
      assertThat(lab.exit()).isZero();
      Passage seen = requireNonNull(known().get(ProxyResult.BEHIND)).smallest();
      assertThat(value(seen.hold())).isNotNull();
      assertThat(seen.reload().why()).isNotNull();
      assertThat(Files.exists(folder.resolve("index.html"))).isTrue();
    }
  }

  private static <T> T value(Seen<T> seen) {
    return requireNonNull(seen.value(), () -> String.valueOf(seen.why()));
  }
}
