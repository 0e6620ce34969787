package pushlab.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import pushlab.server.testing.FuzzedServer;

/// Random bytes as the body of an update, of each type, and as its chunks.
class BodyFuzzTest {

  private static final FuzzedServer SERVER = new FuzzedServer();

  private static final String UPDATE =
      "POST /update-status HTTP/1.1\r\nHost: localhost\r\nContent-Type: ";

  private static final String[] TYPES = {"application/json", "application/x-www-form-urlencoded"};

  @AfterAll
  static void stop() throws IOException {
    SERVER.close();
  }

  @FuzzTest(maxDuration = "3s")
  void body(byte[] body) throws IOException {
    String length = "Content-Length: " + body.length;
    for (String type : TYPES) {
      assertThat(SERVER.answer(UPDATE, type, "\r\n", length, "\r\n\r\n", body)).isNotEmpty();
      SERVER.answer(UPDATE, type, "\r\nTransfer-Encoding: chunked\r\n\r\n", body);
    }
  }
}
