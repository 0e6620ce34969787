package pushlab.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pushlab.server.state.Await;

/// A WebSocket client that queues the frames it receives, each as its kind and its payload.
///
/// Each has an HTTP client, and so a connection, of its own. The JDK's client may lose the second
/// part of a frame that arrives with the answer to the handshake. On a connection that has served
/// requests before, its buffer of 16 KiB can end within a frame.
public final class WebSocketClient implements AutoCloseable, WebSocket.Listener {

  /// The status that a client reports if it received no close (RFC 6455, section 7.1.5).
  private static final int NO_CLOSE = 1006;

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final HttpClient http = HttpClient.newBuilder().sslContext(TestCertificate.TRUST).build();
  private @Nullable WebSocket socket;

  /// The headers of a request for an upgrade, and the empty line that ends it.
  public static String[] upgrade() {
    return new String[] {
      "Host: localhost",
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      ""
    };
  }

  public static WebSocketClient open(TestServer server, String path) {
    return open(server.uri(path));
  }

  public static WebSocketClient open(URI address) {
    var client = new WebSocketClient();
    client.socket =
        client
            .http
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws" + address.toString().substring(4)), client)
            .orTimeout(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)
            .join();
    return client;
  }

  /// A connection whose frames the test writes itself.
  public static RawConnection upgraded(TestServer server) throws IOException {
    RawConnection client = server.connect().send("GET /ws HTTP/1.1").send(upgrade());
    assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
    return client;
  }

  /// The next frame. It is compared with the description.
  public String next() throws InterruptedException {
    String frame = nextUnchecked();
    Messages.assertFrameFits(frame);
    return frame;
  }

  /// The next frame, for tests that read thousands.
  public String nextUnchecked() throws InterruptedException {
    String frame = frames.poll(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("no frame came");
    }
    return frame;
  }

  public String nextButPings() throws InterruptedException {
    String frame = next();
    while (frame.startsWith("ping ")) {
      frame = next();
    }
    return frame;
  }

  public long nextVersion() throws InterruptedException {
    return version(nextButPings());
  }

  public static long version(String frame) {
    if (!frame.startsWith("text ")) {
      throw new AssertionError("not a text: " + frame);
    }
    return TestServer.json(frame.substring(5)).getJsonNumber("version").longValueExact();
  }

  public void ping(String payload) {
    socket().sendPing(UTF_8.encode(payload)).join();
  }

  public WebSocket socket() {
    if (socket == null) {
      throw new IllegalStateException("not open yet");
    }
    return socket;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      frames.add("text " + text);
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
    frames.add("ping " + UTF_8.decode(payload));
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
    frames.add("pong " + UTF_8.decode(payload));
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    frames.add(status == NO_CLOSE ? "end" : "close " + status + " " + reason);
    return null;
  }

  /// The JDK reports which rule was violated only in the cause.
  @Override
  public void onError(WebSocket from, Throwable error) {
    frames.add("error " + requireNonNullElse(error.getCause(), error));
  }

  @Override
  public void close() {
    socket().abort();
    http.shutdownNow();
  }
}
