package pushlab.server.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import pushlab.server.testing.FuzzedServer;

/// Random bytes as the headers of any call, and instead of a whole request.
class HeadersFuzzTest {

  private static final FuzzedServer SERVER = new FuzzedServer();

  private static final String[] CALLS = {
    "GET /poll-status", "GET /status", "GET /events", "GET /ws", "POST /update-status?status=x"
  };

  @AfterAll
  static void stop() throws IOException {
    SERVER.close();
  }

  @FuzzTest(maxDuration = "3s")
  void headers(byte[] headers) throws IOException {
    SERVER.answer(headers, "\r\n\r\n");
    for (String call : CALLS) {
      SERVER.answer(call, " HTTP/1.1\r\nHost: localhost\r\n", headers, "\r\n\r\n");
    }
  }
}
