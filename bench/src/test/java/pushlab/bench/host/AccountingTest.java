package pushlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pushlab.bench.host.Accounting.CpuTime;

class AccountingTest {

  @Test
  @EnabledOnOs(OS.LINUX)
  void separatesTheCompilersTimeFromTheRest() {
    CpuTime used = new Accounting(ProcessHandle.current()).cpuTime().orElseThrow();

    assertThat(used.compilers()).isGreaterThan(Duration.ZERO).isLessThan(used.all());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void measuresCpuTimeMoreFinelyThanTheProcessTable() {
    var accounting = new Accounting(ProcessHandle.current());
    CpuTime before = accounting.cpuTime().orElseThrow();
    Spin.median(5);
    CpuTime used = accounting.cpuTime().orElseThrow().since(before);

    assertThat(used.all()).isGreaterThan(Duration.ZERO);
    assertThat(used.all().toNanos() % Duration.ofMillis(10).toNanos()).isNotZero();
    assertThat(used.user().plus(used.system())).isEqualTo(used.all());
  }

  @Test
  void dividesCpuTimeIntoUserAndSystemByTheirTicks() {
    CpuTime before = cpuTime(1_000, 600, 400);

    assertThat(cpuTime(1_090, 660, 420).since(before))
        .isEqualTo(new CpuTime(millis(90), micros(67_500), micros(22_500), millis(0)));
    assertThat(cpuTime(1_005, 600, 400).since(before))
        .isEqualTo(new CpuTime(millis(5), millis(3), millis(2), millis(0)));
  }

  private static CpuTime cpuTime(long all, long user, long system) {
    return new CpuTime(millis(all), millis(user), millis(system), Duration.ZERO);
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static Duration micros(long micros) {
    return millis(0).plusNanos(1_000 * micros);
  }
}
