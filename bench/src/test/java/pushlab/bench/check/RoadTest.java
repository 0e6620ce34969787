package pushlab.bench.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.bench.FaultyProxy;
import pushlab.bench.FaultyProxy.Behaviour;
import pushlab.bench.NobodyListens;
import pushlab.bench.SmallServer;
import pushlab.bench.check.Finding.Outcome;
import pushlab.bench.text.SaidException;
import pushlab.server.PushlabServer;
import pushlab.server.options.ServerOptions;

/// Whose fault it is: a correct server behind proxies that are not, and the other way around.
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
class RoadTest {

  private static final String ROAD = "What stands between";

  @ParameterizedTest
  @EnumSource
  void aCorrectServerIsNotBlamedAndTheFaultOfItsProxyIsNamed(Behaviour behaviour) throws Exception {
    try (var server = server();
        var proxy = FaultyProxy.start(behaviour, server.address())) {
      Checking checking =
          Checking.upToThrice(
              it -> ofTheRoad(it).equals(faults(behaviour)) && blamed(it).isEmpty(),
              () -> Checking.compared(proxy.address(), server.address()));

      assertThat(blamed(checking)).as(checking.said()).isEmpty();
      assertThat(ofTheRoad(checking)).as(checking.said()).isEqualTo(faults(behaviour));
      assertThat(checking.checked().passes(false)).isTrue();
      assertThat(checking.checked().passes(true)).isEqualTo(faults(behaviour).isEmpty());
      assertThat(checking.checked().json())
          .contains("\"direct\" : \"%s\"".formatted(server.address()));
      faults(behaviour)
          .forEach(
              rule ->
                  assertThat(checking.said())
                      .contains("  road  " + rule)
                      .contains("; at %s the rule is kept (".formatted(server.address())));
    }
  }

  /// What the answers or the experiment show needs no second address.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COLLECTS_STREAMS")
  void aCorrectServerIsNotBlamedWithoutItsOwnAddress(Behaviour behaviour) throws Exception {
    try (var server = server();
        var proxy = FaultyProxy.start(behaviour, server.address())) {
      Checking checking =
          Checking.upToThrice(
              it -> ofTheRoad(it).equals(faults(behaviour)) && blamed(it).isEmpty(),
              () -> Checking.of(proxy.address()));

      assertThat(blamed(checking)).as(checking.said()).isEmpty();
      assertThat(ofTheRoad(checking)).as(checking.said()).isEqualTo(faults(behaviour));
      if (behaviour == Behaviour.DELAYS_WRITES || behaviour == Behaviour.CLOSES_KEPT_CONNECTIONS) {
        assertThat(checking.said()).contains("nothing shows which, and --direct tells");
      }
    }
  }

  @Test
  void aStreamThatIsCollectedIsTheServersFaultUnlessAnswersNameAProxy() throws Exception {
    try (var server = server();
        var nameless = FaultyProxy.start(Behaviour.COLLECTS_STREAMS, server.address());
        var named =
            FaultyProxy.start(Behaviour.COLLECTS_STREAMS, server.address(), "1.1 lighttpd")) {
      Checking blaming = Checking.of(nameless.address());
      assertThat(blaming.checked().right()).isFalse();
      assertThat(blaming.said())
          .contains("FAIL  event stream: first snapshot")
          .contains("lighttpd: server.stream-response-body = 1")
          .contains("nothing shows which, and --direct tells");

      Checking naming =
          Checking.upToThrice(it -> blamed(it).isEmpty(), () -> Checking.of(named.address()));
      assertThat(blamed(naming)).as(naming.said()).isEmpty();
      assertThat(naming.said())
          .contains("road  event stream: first snapshot: no headers within 1.5 s (see 'events are")
          .contains("the answers say Via: 1.1 lighttpd, and such a proxy collects an answer")
          .contains("(lighttpd: server.stream-response-body = 1); the server may do the same:")
          .contains("Note: a proxy stands between (the answers say Via: 1.1 lighttpd)");
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "GROWS_THE_VERSION_BY_TWO",
        "ANSWERS_WITHOUT_A_CHANGE",
        "FAILS_AT_THE_END_OF_A_HOLD",
        "SENDS_EQUAL_POLLS_ONE_AFTER_THE_OTHER",
        "NEVER_TIMES_OUT",
        "KEEPS_EACH_EVENT_BACK",
        "TELLS_NO_FIRST_EVENT",
        "SENDS_EACH_FRAME_TWICE"
      })
  void aFaultOfTheServerStaysItsOwnBehindACorrectProxy(Fault fault) throws Exception {
    try (SmallServer server = SmallServer.start(CheckTest.HOLD);
        var proxy = FaultyProxy.start(Behaviour.RIGHT, server.address(), "1.1 right")) {
      fault.in(server);
      Checking checking =
          Checking.upToThrice(
              it -> blamed(it).size() == fault.caughtBy().size(),
              () -> Checking.compared(proxy.address(), server.address()));

      assertThat(blamed(checking))
          .as(checking.said())
          .containsExactlyInAnyOrderElementsOf(fault.caughtBy());
      assertThat(ofTheRoad(checking)).isEmpty();
    }
  }

  @Test
  void aServerThatRefusesEveryUpgradeItselfIsBlamedAtItsOwnAddress() throws Exception {
    try (SmallServer server = SmallServer.start(CheckTest.HOLD)) {
      server.on("/ws", (_, out) -> SmallServer.send(out, 426, "{}", "Upgrade: websocket"));

      assertThat(Checking.of(server.address()).said()).contains("road  WebSocket: first snapshot");
      assertThat(Checking.compared(server.address(), server.address()).said())
          .contains("FAIL  WebSocket: first snapshot");
    }
  }

  @Test
  void anotherServerIsRefusedAsItsOwnAddress() throws Exception {
    try (SmallServer one = SmallServer.start(CheckTest.HOLD);
        SmallServer other = SmallServer.start(CheckTest.HOLD);
        var nobody = new NobodyListens()) {
      assertRefused(
          one.address(),
          other.address(),
          "--direct %s is not the server that %s asks: an update at the one was not seen at the other"
              .formatted(other.address(), one.address()));
      assertRefused(
          one.address(),
          nobody.address(),
          "%s does not answer: no server listens there".formatted(nobody.address()));
      other.on("/poll-status", (_, out) -> SmallServer.send(out, 200, "hello"));
      assertRefused(
          one.address(),
          other.address(),
          "--direct %s does not answer as a server of the contract: its answer is not JSON: hello"
              .formatted(other.address()));
    }
  }

  private static void assertRefused(URI address, URI direct, String why) {
    assertThatExceptionOfType(SaidException.class)
        .isThrownBy(() -> Checking.compared(address, direct))
        .withMessage(why);
  }

  private static PushlabServer server() throws IOException {
    return PushlabServer.start(ServerOptions.parse("--port=0", "--hold=2200ms"));
  }

  private static List<String> blamed(Checking checking) {
    return names(checking.checked().findings().stream().filter(Finding::isBroken));
  }

  private static List<String> ofTheRoad(Checking checking) {
    return names(
        checking.checked().findings().stream()
            .filter(it -> it.group().equals(ROAD) && it.outcome() == Outcome.ROAD));
  }

  private static List<String> names(Stream<Finding> findings) {
    return findings.map(Finding::rule).toList();
  }

  private static List<String> faults(Behaviour behaviour) {
    return switch (behaviour) {
      case RIGHT, REPEATS_GET -> List.of();
      case COLLECTS_STREAMS -> List.of("events are passed on one by one");
      case CUTS_SILENCE -> List.of("holds are not cut", "silent streams are not cut");
      case DROPS_UPGRADE -> List.of("Upgrade is passed on");
      case REWRITES_HOST -> List.of("Host is passed on");
      case COLLAPSES_EQUAL_GETS -> List.of("equal polls are all passed on");
      case CLOSES_KEPT_CONNECTIONS -> List.of("kept connections are answered");
      case DELAYS_WRITES -> List.of("events are passed on in time");
    };
  }
}
