package pushlab.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Stream;
import pushlab.server.state.Await;

/// A server for the inputs of a fuzzer, and a second connection that checks whether it still serves
/// others. Its bounds are never reached.
public final class FuzzedServer implements AutoCloseable {

  /// How long to wait for more of an answer, because a stream has no end.
  private static final Duration PATIENCE = Duration.ofMillis(20);

  private static final long MOST_BYTES_LEFT = 50_000_000;

  /// What no answer may contain, unless the request contained it.
  private static final String[] SECRETS = {
    "HTTP/1.1 500", "Exception", "java.", "io.helidon", "pushlab.server", "\tat "
  };

  private final TestServer server = TestServer.start("--hold=10ms");
  private final RawConnection other;
  private final long heapBefore;

  public FuzzedServer() {
    try {
      other = server.connect();
      serveOthers();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    heapBefore = liveHeap();
  }

  /// The answer to `parts`, texts and bytes that are sent together.
  ///
  /// @throws AssertionError if the answer is a failure or reveals the server's insides, or if the
  ///     server does not serve others
  public String answer(Object... parts) throws IOException {
    byte[] request = bytes(parts);
    String answer;
    try (RawConnection client = server.connect()) {
      client.write(request).finish();
      answer = new String(client.readWhatComes(PATIENCE), UTF_8);
      client.reset();
    }
    assertTellsNothing(answer, new String(request, UTF_8));
    serveOthers();
    return answer;
  }

  public RawConnection connect() throws IOException {
    return server.connect();
  }

  public void serveOthers() throws IOException {
    other.send("GET /health/live HTTP/1.1", "Host: x", "");
    assertThat(other.readTo("}")).startsWith("HTTP/1.1 200 ");
  }

  /// Uses method references. Jazzer watches calls, and would find the secrets here.
  private static void assertTellsNothing(String answer, String request) {
    assertThat(Stream.of(SECRETS).filter(answer::contains).filter(Predicate.not(request::contains)))
        .as(answer)
        .isEmpty();
  }

  private static byte[] bytes(Object... parts) {
    var bytes = new ByteArrayOutputStream();
    for (Object part : parts) {
      bytes.writeBytes(part instanceof byte[] raw ? raw : part.toString().getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  /// Stops the server when all its connections have ended.
  @Override
  public void close() throws IOException {
    other.close();
    server.awaitSubscribers(0);
    Await.until("no connection is open", () -> server.server.connections().open() == 0);
    assertThat(liveHeap() - heapBefore).as("bytes left").isLessThan(MOST_BYTES_LEFT);
    server.close();
  }

  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
