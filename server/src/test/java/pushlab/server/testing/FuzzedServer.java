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

/// A server that is sent whatever a fuzzer comes upon, and somebody else's connection to it. Its
/// bounds are never reached.
public final class FuzzedServer implements AutoCloseable {

  /// How long more of an answer is waited for: a stream has no end.
  private static final Duration PATIENCE = Duration.ofMillis(20);

  private static final long MOST_BYTES_LEFT = 50_000_000;

  /// What no answer may have, unless it repeats what it was asked.
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

  /// What comes back for `parts` when they are sent together: texts and bytes.
  ///
  /// @throws AssertionError if that is a failure or tells of the server's inside, or if the server
  ///     does not serve others
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

  /// By references to methods: Jazzer watches calls, and would learn the secrets from here.
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

  /// Stops it, once nothing is left of its clients.
  @Override
  public void close() throws IOException {
    other.close();
    server.awaitReaders(0);
    Await.until("no connection is open", () -> server.server.connections().open() == 0);
    assertThat(liveHeap() - heapBefore).as("bytes left").isLessThan(MOST_BYTES_LEFT);
    server.close();
  }

  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
