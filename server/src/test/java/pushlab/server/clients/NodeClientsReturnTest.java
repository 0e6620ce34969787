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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.ServerProcess;

/// Clients from npm return to a server that was stopped or full: `docs/clients.md`.
@Timeout(value = 150, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodeClientsReturnTest {

  /// Of each client, enough that their returns show the window from which `retry` is drawn.
  private static final int EACH = 20;

  private static final int CLIENTS = 6;

  @BeforeEach
  void needClients() {
    assumeTrue(NodeClients.areInstalled(), "npm has not installed the clients of client/");
  }

  @Test
  void noneIsLostByAStopAndTheirReturnsAreSpread() throws Exception {
    try (var first = ServerProcess.start("--port=0")) {
      URI address = first.address();
      try (var clients = new NodeClients(address, EACH)) {
        String old = epochOf(clients.awaitEach("the first", line -> line.what().equals("shown")));
        first.stop();
        try (var second = ServerProcess.start("--port=" + address.getPort())) {
          second.address();

          Collection<NodeClients.Line> said =
              clients.awaitEach(
                  "back", line -> line.what().equals("shown") && !line.value().equals(old));

          Map<String, List<Integer>> returns = returns(said);
          for (String client : NodeClients.EVENT_SOURCES) {
            List<Integer> millis = returns.getOrDefault(client, List.of());
            assertThat(millis).as(client).hasSizeGreaterThanOrEqualTo(EACH);
            assertThat(Collections.min(millis)).as(client).isGreaterThan(1_900);
            assertThat(Collections.max(millis) - Collections.min(millis))
                .as("spread of %s", client)
                .isGreaterThan(1_000);
          }
        }
      }
    }
  }

  private static String epochOf(Collection<NodeClients.Line> said) {
    return said.stream()
        .filter(line -> line.what().equals("shown"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static Map<String, List<Integer>> returns(Collection<NodeClients.Line> said) {
    return said.stream()
        .filter(line -> line.what().equals("back"))
        .collect(
            groupingBy(
                NodeClients.Line::client,
                mapping(line -> Integer.valueOf(line.value()), toList())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--max-readers=", "--max-connections="})
  void noneIsLostByAServerThatIsFull(String limit) throws Exception {
    try (var server = ServerProcess.start("--port=0", limit + CLIENTS)) {
      URI address = server.address();
      List<RawConnection> others = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        others.add(RawConnection.to(address).send("GET /events HTTP/1.1", "Host: x", ""));
        others.getLast().readTo("id: ");
      }
      try (var clients = new NodeClients(address, 1)) {
        assertThat(clients.size()).isEqualTo(CLIENTS);
        clients.awaitEach("refused", line -> line.what().equals("failed"));
        for (RawConnection other : others) {
          other.close();
        }

        clients.awaitEach("served", line -> line.what().equals("shown"));
      }
    }
  }
}
