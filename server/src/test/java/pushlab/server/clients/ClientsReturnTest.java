package pushlab.server.clients;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.ServerProcess;

/// Clients of other authors return to a server that was stopped, killed or full:
/// `docs/clients.md`.
@Timeout(value = 150, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientsReturnTest {

  /// Of each client, enough that their returns show the window from which `retry` is drawn.
  private static final int EACH = 20;

  /// Of each client, for a server that is full.
  private static final int FEW = 8;

  /// launchdarkly-eventsource tolerates 5 s of silence.
  private static final String HEARTBEAT = "--heartbeat=4s";

  @BeforeEach
  void needClients() {
    assumeTrue(ClientProcess.hasNodeClients(), "npm has not installed the clients of client/");
  }

  /// How a server ends.
  enum End {
    STOP {
      @Override
      void of(ServerProcess server) throws InterruptedException {
        server.stop();
      }
    },
    KILL {
      @Override
      void of(ServerProcess server) throws InterruptedException {
        server.kill();
      }
    };

    abstract void of(ServerProcess server) throws InterruptedException;
  }

  /// What returns after a kill must return after a stop: all clients return after both.
  @ParameterizedTest
  @EnumSource
  void noneIsLostByARestartAndTheirReturnsAreSpread(End end) throws Exception {
    try (var first = ServerProcess.start("--port=0", HEARTBEAT)) {
      URI address = first.address();
      try (var clients = new RealClients(address, EACH)) {
        String old = epochOf(clients.awaitAll("the first", Lines.Line::isShown));
        end.of(first);
        try (var second = ServerProcess.start("--port=" + address.getPort(), HEARTBEAT)) {
          second.address();

          Collection<Lines.Line> said =
              clients.awaitAll("back", line -> line.isShown() && !line.value().equals(old));

          for (String client : RealClients.EVENT_SOURCES) {
            assertSpread(1_000, assertNoneIsBackWithin(1_900, client, EACH, said));
          }
        }
      }
    }
  }

  private static String epochOf(Collection<Lines.Line> said) {
    return said.stream().filter(Lines.Line::isShown).findFirst().orElseThrow().value();
  }

  /// The pauses after which clients of one kind returned, in milliseconds: none less than `least`.
  private static List<Integer> assertNoneIsBackWithin(
      int least, String client, int each, Collection<Lines.Line> said) {
    List<Integer> millis = returns(said).getOrDefault(client, List.of());
    assertThat(millis)
        .as(client)
        .hasSizeGreaterThanOrEqualTo(each)
        .allSatisfy(pause -> assertThat(pause).isGreaterThan(least));
    return millis;
  }

  private static void assertSpread(int least, Collection<Integer> millis) {
    assertThat(Collections.max(millis) - Collections.min(millis))
        .as("spread of %s", millis)
        .isGreaterThan(least);
  }

  private static Map<String, List<Integer>> returns(Collection<Lines.Line> said) {
    return said.stream()
        .filter(line -> line.what().equals("back"))
        .collect(
            groupingBy(
                Lines.Line::client, mapping(line -> Integer.valueOf(line.value()), toList())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--max-readers=", "--max-connections="})
  void noneIsLostByAServerThatIsFullAndTheirReturnsAreSpread(String limit) throws Exception {
    int count = RealClients.count(FEW);
    try (var server = ServerProcess.start("--port=0", HEARTBEAT, limit + count)) {
      URI address = server.address();
      List<RawConnection> others = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        others.add(RawConnection.to(address).send("GET /events HTTP/1.1", "Host: x", ""));
        others.getLast().readTo("id: ");
      }
      try (var clients = new RealClients(address, FEW)) {
        List<Lines.Line> said =
            new ArrayList<>(
                clients.awaitEachOf(
                    RealClients.SAY_WHEN_THEY_FAIL, "refused", Lines.Line::isFailed));
        for (RawConnection other : others) {
          other.close();
        }

        said.addAll(clients.awaitAll("served", Lines.Line::isShown));

        List<Integer> millis = new ArrayList<>();
        for (String client : RealClients.OBEY_RETRY_WITHOUT_AN_EVENT) {
          millis.addAll(assertNoneIsBackWithin(4_900, client, FEW, said));
        }
        assertSpread(2_000, millis);
      }
    }
  }
}
