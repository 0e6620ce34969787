package pushlab.bench.jmh;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/// The CPU that all threads of the process used, an operation: `cpu.norm`, in microseconds. A time
/// alone cannot tell an operation that waits from one that works, nor one thread's work from
/// ten's.
///
/// It counts whole iterations, as JMH's own `gc` profiler does: what fixtures do between two
/// operations, the JIT and the collector are in it.
public final class CpuProfiler implements InternalProfiler {

  /// The name of what it measures.
  public static final String RESULT = "cpu.norm";

  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private long before;

  @Override
  public String getDescription() {
    return "CPU time of the whole process, an operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = process.getProcessCpuTime();
  }

  @Override
  public Collection<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long used = process.getProcessCpuTime() - before;
    long operations = result.getMetadata().getAllOps();
    return operations == 0
        ? List.of()
        : List.of(
            new ScalarResult(RESULT, used / 1000.0 / operations, "us/op", AggregationPolicy.AVG));
  }
}
