package pushlab.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.TestServer.header;

import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.server.testing.TestServer;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TellTimeTest {

  @Test
  void theClockIsReadDuringTheRequest() throws Exception {
    try (var server = TestServer.start()) {
      Instant before = Instant.now();
      HttpResponse<String> answer = server.get("/time");
      Instant after = Instant.now();

      assertThat(Instant.parse(TestServer.json(answer).getString("now"))).isBetween(before, after);
      assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    }
  }
}
