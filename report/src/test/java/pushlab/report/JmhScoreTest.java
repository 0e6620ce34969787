package pushlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import pushlab.report.result.ResultsFolder;

class JmhScoreTest {

  @Test
  void namesTheTransportAndNotWhereTheServerListened() throws Exception {
    var result =
        ResultsFolder.json()
            .readTree(
                """
                {"benchmark": "pushlab.bench.jmh.DeliveryBenchmark.delivery", "mode": "avgt",
                 "params": {"target": "http://127.0.0.1:37561", "transport": "sse"},
                 "primaryMetric": {"score": 41.2, "scoreError": 3.1, "scoreUnit": "us/op"}}
                """);

    assertThat(JmhScore.of(result).parameters()).isEqualTo("transport=sse");
  }
}
