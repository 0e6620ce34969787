package pushlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pushlab.bench.host.Processes;
import pushlab.bench.watch.Target;
import pushlab.report.text.Remark;

@EnabledOnOs(OS.LINUX)
class ServerUnderTestTest {

  @Test
  void saysWhyARemoteServerHasNoFigures() {
    assertThat(subject(Optional.empty()).notKnown()).containsExactly(Remark.NO_PROCESS);
  }

  @Test
  void saysWhyAServerWithoutAJvmHasNoHeap() throws IOException {
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      assertThat(subject(Optional.of(Processes.of(process.toHandle()))).notKnown())
          .containsExactly(Remark.NO_JVM);
    } finally {
      process.destroy();
    }
  }

  @Test
  void saysNothingAboutAJvmOfThisUser() {
    assertThat(subject(Optional.of(Processes.of(ProcessHandle.current()))).notKnown()).isEmpty();
  }

  private static ServerUnderTest subject(Optional<Processes> node) {
    return new ServerUnderTest(
        Target.parse("http://127.0.0.1:1"), List.of(node), Optional.empty(), null, null);
  }
}
