package pushlab.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AcceptRateTest {

  /// A machine that is busy makes it later, never sooner.
  @ParameterizedTest
  @ValueSource(strings = {"--delivery=loop", "--delivery=threads", "--tls-self-signed"})
  void connectionsThatComeTogetherAreAcceptedOneByOne(String option) throws Exception {
    try (var server = TestServer.start(option, "--accepts-per-second=50")) {
      long began = System.nanoTime();
      var open = new ArrayList<RawConnection>();
      for (int i = 0; i < 40; i++) {
        open.add(RawConnection.to(server.uri("/")));
      }
      for (RawConnection each : open) {
        each.send("GET /status HTTP/1.1", "Host: localhost", "");
        assertThat(each.readTo("\"}")).startsWith("HTTP/1.1 200 ");
        each.close();
      }
      // The first one does not wait, and 10 ms of lateness are made up.
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThanOrEqualTo(Duration.ofMillis(38 * 20 - 10));
    }
  }
}
