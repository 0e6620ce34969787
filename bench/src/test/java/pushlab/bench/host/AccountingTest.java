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
  void tellsACompilersTimeFromTheRestOfAJvms() {
    CpuTime used = new Accounting(ProcessHandle.current()).cpuTime().orElseThrow();

    assertThat(used.compilers()).isGreaterThan(Duration.ZERO).isLessThan(used.all());
  }
}
