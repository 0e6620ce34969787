package pushlab.server.clients;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import org.jspecify.annotations.Nullable;

/// Event sources and polls of OkHttp. Its event source never returns by itself; here it does, as
/// `docs/clients.md` says: in `onFailure` and `onClosed`, after 2 to 5 s.
final class OkHttpClients implements AutoCloseable {

  private static final int LEAST_PAUSE_MILLIS = 2_000;
  private static final int MOST_PAUSE_MILLIS = 5_000;

  private final OkHttpClient client;
  private final URI server;
  private volatile boolean closed;

  /// Clients that tolerate as much silence.
  OkHttpClients(URI server, Duration readTimeout) {
    this.server = server;
    client = new OkHttpClient.Builder().readTimeout(readTimeout).build();
    // By default the sixth event source waits until one of the first five has ended.
    client.dispatcher().setMaxRequestsPerHost(client.dispatcher().getMaxRequests());
  }

  void openEvents(Lines.Reporter on) {
    var request = new Request.Builder().url(server.resolve("/events").toString()).build();
    EventSources.createFactory(client).newEventSource(request, new Returning(on));
  }

  /// Polls in a thread of its own, and again after each answer.
  void poll(Lines.Reporter on) {
    Thread.startVirtualThread(
        () -> {
          String query = "";
          while (!closed) {
            query = answerTo(query, on);
          }
        });
  }

  private String answerTo(String query, Lines.Reporter on) {
    var request = new Request.Builder().url(server.resolve("/poll-status" + query).toString());
    try (Response answer = client.newCall(request.build()).execute()) {
      if (answer.code() == 200) {
        on.shown(answer.body().string());
      }
      String[] seen = String.valueOf(answer.header("ETag")).replace("\"", "").split("-", 2);
      return "?epoch=%s&last_version=%s".formatted(seen[0], seen[1]);
    } catch (IOException failure) {
      on.failed();
      return query;
    }
  }

  @Override
  public void close() {
    closed = true;
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
  }

  private final class Returning extends EventSourceListener {

    private final Lines.Reporter on;

    private Returning(Lines.Reporter on) {
      this.on = on;
    }

    @Override
    public void onOpen(EventSource source, Response response) {
      on.opened();
    }

    @Override
    public void onEvent(
        EventSource source, @Nullable String id, @Nullable String type, String data) {
      on.shown(data);
    }

    @Override
    public void onClosed(EventSource source) {
      returnLater();
    }

    @Override
    public void onFailure(
        EventSource source, @Nullable Throwable failure, @Nullable Response response) {
      returnLater();
    }

    private void returnLater() {
      if (!closed) {
        on.failed();
        int millis = ThreadLocalRandom.current().nextInt(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS + 1);
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
            .execute(() -> openEvents(on));
      }
    }
  }
}
