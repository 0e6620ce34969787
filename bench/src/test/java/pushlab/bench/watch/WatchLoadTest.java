package pushlab.bench.watch;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pushlab.report.result.Cell;
import pushlab.report.result.Transport;

class WatchLoadTest {

  @ParameterizedTest
  @CsvSource({"1, 12, 2", "2, 12, 2", "2, 12, 3", "3, 18, 3", "6, 12, 2", "12, 12, 3"})
  void theSubscribersOfEachTaskAreSpreadOverAllNodes(int tasks, int clients, int nodes) {
    var second = Duration.ofSeconds(1);
    var workload =
        new WatchLoad(Transport.SHORT_POLLING, clients, 1, second, tasks, Cell.PAYLOAD, second);

    assertThat(
            IntStream.range(0, clients)
                .mapToObj(number -> workload.node(number, nodes))
                .collect(groupingBy(node -> node, counting()))
                .values())
        .hasSize(nodes)
        .containsOnly((long) clients / nodes);
    assertThat(
            IntStream.range(0, clients)
                .mapToObj(number -> List.of(number % tasks, workload.node(number, nodes)))
                .distinct())
        .hasSize(Math.min(clients, tasks * nodes));
  }
}
