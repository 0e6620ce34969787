package pushlab.server.clients;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.sse.SseEventSource;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Event sources of Jersey. They return by themselves after a cut, but not after a refused
/// connection; here they are opened again then, after up to a second. Each has a `Client` of its
/// own: those that share one share the single thread in which they return.
final class JerseyClients implements AutoCloseable {

  private static final int MOST_PAUSE_MILLIS = 1_000;

  private final Queue<Client> clients = new ConcurrentLinkedQueue<>();
  private final URI server;
  private volatile boolean closed;

  JerseyClients(URI server) {
    this.server = server;
  }

  /// Opens an event source and waits until it has connected, or could not.
  void openEvents(Lines.Reporter on) {
    Client client = ClientBuilder.newClient();
    clients.add(client);
    var source = SseEventSource.target(client.target(server.resolve("/events"))).build();
    source.register(
        event -> {
          on.opened();
          on.shown(event.readData());
        },
        failure -> openLater(on));
    source.open();
  }

  private void openLater(Lines.Reporter on) {
    if (!closed) {
      on.failed();
      int millis = ThreadLocalRandom.current().nextInt(MOST_PAUSE_MILLIS);
      CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
          .execute(() -> openEvents(on));
    }
  }

  @Override
  public void close() {
    closed = true;
    // Each waits for up to 5 s if its stream is open.
    clients.forEach(client -> Thread.startVirtualThread(client::close));
  }
}
