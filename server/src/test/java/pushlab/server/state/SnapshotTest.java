package pushlab.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {

  private final Snapshot snapshot = new Snapshot("task", "epoch", 4, "En cours", Instant.EPOCH);

  @ParameterizedTest(name = "epoch {0}, version {1}: {2}")
  @CsvSource({
    ",      -1, true",
    ",       3, true",
    ",       4, false",
    ",       5, true",
    "epoch,  3, true",
    "epoch,  4, false",
    "epoch,  5, true",
    "other,  3, true",
    "other,  4, true",
    "other,  5, true",
  })
  void isNewsUnlessExactlyThisVersionWasSeen(String epoch, long version, boolean news) {
    assertThat(snapshot.isNewsTo(new Position(epoch, version))).isEqualTo(news);
  }

  @Test
  void isEncodedOnceAndShared() {
    var encodings = new AtomicInteger();

    Integer first = snapshot.encoded(Integer.class, _ -> 1000 + encodings.incrementAndGet());
    Integer second = snapshot.encoded(Integer.class, _ -> 1000 + encodings.incrementAndGet());

    assertThat(second).isSameAs(first);
    assertThat(encodings).hasValue(1);
  }
}
