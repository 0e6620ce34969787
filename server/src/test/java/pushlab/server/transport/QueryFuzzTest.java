package pushlab.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import pushlab.server.testing.FuzzedServer;

/// Random bytes as the query of any call.
class QueryFuzzTest {

  private static final FuzzedServer SERVER = new FuzzedServer();

  private static final String[] CALLS = {
    "GET /poll-status", "GET /status", "GET /events", "GET /ws", "POST /update-status"
  };

  @AfterAll
  static void stop() throws IOException {
    SERVER.close();
  }

  @FuzzTest(maxDuration = "3s")
  void query(byte[] query) throws IOException {
    for (String call : CALLS) {
      assertThat(SERVER.answer(call, "?", query, " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .isNotEmpty();
    }
  }
}
