package pushlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.bench.host.Accounting.CpuTime;
import pushlab.bench.host.Processes.Usage;
import pushlab.bench.watch.Target;
import pushlab.server.PushlabServer;
import pushlab.server.options.ServerOptions;

/// A warm-up of a real server, whose CPU time a test makes up.
@Timeout(60)
class WarmUpTest {

  private static final double LONG_SECONDS = 20;
  private static final double SHORT_SECONDS = 4;

  @Test
  void endsWhenTheServerHasStoppedCompiling() throws Exception {
    var asked = new AtomicInteger();
    Duration taken = warmUp(LONG_SECONDS, () -> used(asked.incrementAndGet(), 0));
    assertThat(taken).isLessThan(Plans.seconds(LONG_SECONDS));
    assertThat(asked).as("it looks before and after each transport had a turn").hasValue(2);
  }

  @Test
  void takesTheTimeOfThePlanForAServerThatAlwaysCompiles() throws Exception {
    var asked = new AtomicInteger();
    Duration taken =
        warmUp(
            SHORT_SECONDS,
            () -> {
              int times = asked.incrementAndGet();
              return used(times, times / 2.0);
            });
    assertThat(taken).isGreaterThanOrEqualTo(Plans.seconds(SHORT_SECONDS));
  }

  @Test
  void takesTheTimeOfThePlanForAServerWhoseProcessIsUnknown() throws Exception {
    assertThat(warmUp(SHORT_SECONDS, Optional::empty))
        .isGreaterThanOrEqualTo(Plans.seconds(SHORT_SECONDS));
  }

  /// Only Linux names the threads of a JVM.
  @Test
  void takesTheTimeOfThePlanForAServerWhoseCompilersWereNeverSeen() throws Exception {
    var asked = new AtomicInteger();
    assertThat(warmUp(SHORT_SECONDS, () -> used(asked.incrementAndGet(), -1)))
        .isGreaterThanOrEqualTo(Plans.seconds(SHORT_SECONDS));
  }

  @Test
  void isLeftOutIfThePlanHasNoTimeForIt() throws Exception {
    var asked = new AtomicInteger();
    warmUp(0, () -> used(asked.incrementAndGet(), 0));
    assertThat(asked).hasValue(0);
  }

  /// Some seconds of CPU time, and how much of it a compiler took beside a second at its start.
  private static Optional<Usage> used(double seconds, double compiling) {
    Duration all = Plans.seconds(seconds);
    return Optional.of(
        new Usage(
            Map.of(
                ProcessHandle.current(),
                new CpuTime(all, all, Duration.ZERO, Plans.seconds(1 + compiling))),
            Map.of()));
  }

  private static Duration warmUp(double seconds, Supplier<Optional<Usage>> usage) throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      long start = System.nanoTime();
      WarmUp.of(Target.of(server.address()), SmallPlans.of(seconds, null), usage);
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }
}
