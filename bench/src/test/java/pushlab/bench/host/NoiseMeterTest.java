package pushlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oshi.SystemInfo;
import pushlab.report.result.Noise;

class NoiseMeterTest {

  private static final int CORES =
      new SystemInfo().getHardware().getProcessor().getLogicalProcessorCount();

  @Test
  void theTimeOfABusyThreadIsNoiseUnlessItIsOurs() {
    Noise others = spinFor(Duration.ZERO);
    Noise own = spinFor(Duration.ofMillis(500));

    double oneCore = 1.0 / CORES;
    assertThat(others.busyShare()).isGreaterThan(0.8 * oneCore);
    assertThat(others.otherShare()).isGreaterThan(0.7 * oneCore);
    assertThat(own.otherShare()).isLessThan(own.busyShare() - 0.8 * oneCore);
    assertThat(others.spinMicrosBefore()).isPositive();
    assertThat(others.spinMicrosDuring()).isPositive();
    assertThat(others.spinMicrosAfter()).isPositive();
    assertThat(others.stolenShare()).isBetween(0.0, 1.0);
  }

  @Test
  void theNoiseIsUnknownIfOurTimeIsUnknown() {
    try (var meter = new NoiseMeter()) {
      assertThat(meter.read(Optional.empty()).otherShare()).isNull();
    }
  }

  @Test
  void coresThatWeMayNotUseDoNotCountAsIdle() {
    Noise noise = spinFor(Duration.ofMillis(500), 1);

    assertThat(noise.busyShare()).isGreaterThan(0.8);
    assertThat(noise.otherShare()).isLessThan(1 - 0.8 / CORES);
  }

  private static Noise spinFor(Duration own) {
    return spinFor(own, CORES);
  }

  private static Noise spinFor(Duration own, int usable) {
    try (var meter = new NoiseMeter(usable)) {
      long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      return meter.read(Optional.of(own));
    }
  }
}
