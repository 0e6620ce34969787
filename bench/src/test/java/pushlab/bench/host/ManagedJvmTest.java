package pushlab.bench.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pushlab.bench.host.ManagedJvm.Recorded;

class ManagedJvmTest {

  private static final Home CHECKOUT =
      new Home(requireNonNull(Path.of("").toAbsolutePath().getParent()));

  @Test
  void tellsWhatAServerInAProcessOfItsOwnAllocatesAndHowItPauses(@TempDir Path folder)
      throws Exception {
    try (var server = ServerProcess.start(CHECKOUT, folder.resolve("server.log"))) {
      ManagedJvm jvm = ManagedJvm.of(server.handle()).orElseThrow();
      jvm.record();
      assertThat(jvm.liveHeapBytes().orElseThrow()).isPositive();
      Recorded recorded = jvm.recorded().orElseThrow();

      assertThat(recorded.pauses()).as("the collection that it was asked for").isNotEmpty();
      assertThat(recorded.longestPause()).isPositive().isLessThanOrEqualTo(recorded.paused());
      assertThat(recorded.allocatedBytes()).isPositive();
      assertThat(jvm.recorded()).as("what nobody asked for").isEmpty();
    }
  }

  @Test
  void isNoneOfAProcessThatIsNone() throws Exception {
    Process sleeper = new ProcessBuilder(List.of("sleep", "60")).start();
    try {
      assertThat(ManagedJvm.of(sleeper.toHandle())).isEmpty();
    } finally {
      sleeper.destroy();
    }
  }
}
