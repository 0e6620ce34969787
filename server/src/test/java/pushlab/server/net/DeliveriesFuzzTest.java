package pushlab.server.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import pushlab.server.testing.BothDeliveries;
import pushlab.server.testing.PollRequests;
import pushlab.server.testing.TestServer;

/// Random bytes, made from [PollRequests], get the same answers however the server delivers.
class DeliveriesFuzzTest {

  private static final int TRIES = 3;

  @TempDir private static Path folder = Path.of("");
  private static BothDeliveries both;

  /// The two servers have stores that began as one. The fuzzer finds out an epoch, which would mean
  /// something else to a server of another one.
  @BeforeAll
  static void start() throws IOException {
    Path first = folder.resolve("first");
    start(Delivery.LOOP, first).close();
    for (Delivery delivery : Delivery.values()) {
      Files.copy(first, folder.resolve(delivery.name()));
    }
    both = new BothDeliveries(delivery -> start(delivery, folder.resolve(delivery.name())));
  }

  private static TestServer start(Delivery delivery, Path store) {
    return TestServer.start(delivery, "--max-header=1000", "--store=jdbc:sqlite:" + store);
  }

  @AfterAll
  static void stop() {
    both.close();
  }

  /// A wait may end by time at one server and by an update at the other. So a difference counts
  /// only if it comes again.
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void sameAnswers(byte[] bytes) throws Exception {
    String request = new String(bytes, ISO_8859_1);
    if (mayNotEnd(request)) {
      return;
    }
    for (int tries = 1; ; tries++) {
      try {
        both.answers(client -> client.send(request).settle());
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
