package pushlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class OtherProcessesTest {

  @Test
  void aBusyProcessIsNamedUnlessItBelongsToTheMeasurement() throws Exception {
    Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try {
      var others = new OtherProcesses(Set::of);
      var withoutIt = new OtherProcesses(() -> Set.of(busy.pid()));
      Thread.sleep(1000);
      assertThat(others.uses())
          .filteredOn(use -> use.id() == busy.pid())
          .singleElement()
          .satisfies(
              use -> {
                assertThat(use.name()).isIn("sh", "dash", "bash");
                assertThat(use.share()).isBetween(0.01, 1.0);
              });
      assertThat(withoutIt.uses()).noneMatch(use -> use.id() == busy.pid());
    } finally {
      busy.destroyForcibly();
    }
  }
}
