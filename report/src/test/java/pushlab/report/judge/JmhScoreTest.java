package pushlab.report.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import pushlab.report.result.ResultsFolder;

class JmhScoreTest {

  @Test
  void namesTheTransportAndNotTheAddressOfTheServer() throws Exception {
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

  @Test
  void readsAllocationAndCpuTimeFromTheProfilers() throws Exception {
    var result =
        ResultsFolder.json()
            .readTree(
                """
                {"benchmark": "pushlab.bench.jmh.WakeUpBenchmark.update", "mode": "avgt",
                 "primaryMetric": {"score": 41.2, "scoreError": "NaN", "scoreUnit": "us/op"},
                 "secondaryMetrics": {
                   "gc.alloc.rate.norm": {"score": 112.5, "scoreUnit": "B/op"},
                   "cpu.norm": {"score": "NaN", "scoreUnit": "us/op"}}}
                """);

    assertThat(JmhScore.of(result).bytesPerOperation()).isEqualTo(112.5);
    assertThat(JmhScore.of(result).cpuMicrosPerOperation()).isNull();
    assertThat(JmhScore.of(result).error()).isNull();
  }
}
