package pushlab.server.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;
import pushlab.server.testing.BothDeliveries;
import pushlab.server.testing.PollRequests;

/// Random bytes, made from [PollRequests], get the same answers however the server delivers.
class DeliveriesFuzzTest {

  private static final BothDeliveries BOTH = new BothDeliveries("--max-header=1000");
  private static final int TRIES = 3;

  @AfterAll
  static void stop() {
    BOTH.close();
  }

  /// A wait may end by time at one server and by an update at the other. So a difference counts
  /// only if it comes again.
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void sameAnswers(byte[] bytes) throws Exception {
    String request = BOTH.withoutEpochs(new String(bytes, ISO_8859_1));
    if (mayNotEnd(request)) {
      return;
    }
    for (int tries = 1; ; tries++) {
      try {
        BOTH.answers(client -> client.send(request).settle());
        return;
      } catch (AssertionError e) {
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  static Stream<byte[]> seeds() {
    return PollRequests.usual().stream().map(request -> request.getBytes(ISO_8859_1));
  }

  /// Streams have no end, and the answers of two servers to these differ.
  private static boolean mayNotEnd(String request) {
    return Stream.of("/events", "/stream", "/ws", "/metrics", "/time").anyMatch(request::contains);
  }
}
