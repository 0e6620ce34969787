package pushlab.bench.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import pushlab.bench.check.Rule.Broken;

/// One WebSocket.
final class Socket implements Feed, WebSocket.Listener {

  private final Arrivals messages = new Arrivals();
  private final CompletableFuture<String> pong = new CompletableFuture<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable WebSocket webSocket;

  void opened(WebSocket opened) {
    webSocket = opened;
  }

  private WebSocket webSocket() {
    return requireNonNull(webSocket);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      messages.add(new Message(text.toString(), Optional.empty()));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer data) {
    pong.complete(UTF_8.decode(data).toString());
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    messages.end();
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
    messages.end();
  }

  /// Whether a pong with `data` comes within `atMost` after a ping with it.
  boolean ping(String data, Duration atMost) throws InterruptedException {
    var _ = webSocket().sendPing(ByteBuffer.wrap(data.getBytes(UTF_8)));
    return comes(pong, atMost) && pong.resultNow().equals(data);
  }

  /// Whether a close frame comes within `atMost` after one.
  boolean closeAndWait(Duration atMost) throws InterruptedException {
    var _ = webSocket().sendClose(WebSocket.NORMAL_CLOSURE, "");
    return comes(closed, atMost);
  }

  private static boolean comes(CompletableFuture<?> due, Duration atMost)
      throws InterruptedException {
    try {
      due.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException _) {
      return false;
    }
  }

  @Override
  public Optional<Message> poll(Duration atMost) throws Broken, InterruptedException {
    return messages.poll(atMost);
  }

  @Override
  public void close() {
    webSocket().abort();
  }
}
