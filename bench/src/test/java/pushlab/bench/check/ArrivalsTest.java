package pushlab.bench.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pushlab.bench.check.Feed.Message;
import pushlab.bench.check.Rule.Broken;

class ArrivalsTest {

  @Test
  void keepsALimitedNumberOfMessages() throws Exception {
    var arrivals = new Arrivals();
    var message = new Message("{}", Optional.empty());
    int kept = 0;
    while (arrivals.add(message)) {
      kept++;
    }
    assertThat(kept).isEqualTo(200);
    for (int read = 0; read < kept; read++) {
      assertThat(arrivals.poll(Duration.ZERO)).contains(message);
    }
    assertThatExceptionOfType(Broken.class)
        .isThrownBy(() -> arrivals.poll(Duration.ZERO))
        .withMessage("it sent more than 200 messages without a cause");
  }
}
