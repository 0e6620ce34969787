package pushlab.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HerdTest {

  @Test
  void theWholeHerdHoldsEachUpdate() throws Exception {
    var herd = new Herd(500);
    for (int version = 1; version <= 20; version++) {
      herd.awaitParked();
      assertThat(herd.state().update("next").version()).isEqualTo(version);
      herd.awaitArrived();
    }
    herd.close();
  }
}
