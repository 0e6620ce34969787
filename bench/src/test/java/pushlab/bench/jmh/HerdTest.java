package pushlab.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.bench.jmh.ways.Way;

@Timeout(20)
class HerdTest {

  @ParameterizedTest
  @EnumSource
  void theWholeHerdReceivesEachUpdate(Way.Kind kind) throws Exception {
    try (Way state = kind.open()) {
      var herd = new Herd(state, 500);
      for (int version = 1; version <= 20; version++) {
        herd.awaitParked();
        herd.expectUpdate();
        assertThat(state.update("next").version()).isEqualTo(version);
        herd.awaitArrived();
      }
      herd.close();
    }
  }
}
