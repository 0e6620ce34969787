package pushlab.server.testing;

import static pushlab.server.testing.TestServer.json;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A subscriber that reconnects, each time to the address where the server then is, until it has
/// seen the version that is the goal.
public abstract class TestSubscriber {

  public final HttpClient client;
  public final AtomicLong goal;
  private final Supplier<URI> address;
  private final List<Long> seen = new ArrayList<>();
  private String epoch = "";

  private TestSubscriber(HttpClient client, Supplier<URI> address, AtomicLong goal) {
    this.client = client;
    this.address = address;
    this.goal = goal;
  }

  /// The versions that a subscriber of each transport sees.
  public static List<Future<List<Long>>> follow(
      ExecutorService threads, HttpClient client, Supplier<URI> address, AtomicLong goal) {
    return Stream.of(
            new ShortPolling(client, address, goal),
            new LongPolling(client, address, goal),
            new Events(client, address, goal),
            new Lines(client, address, goal),
            new Socket(client, address, goal))
        .map(follower -> threads.submit(() -> follower.follow()))
        .toList();
  }

  private List<Long> follow() throws InterruptedException {
    while (isShortOfGoal()) {
      try {
        connect();
      } catch (IOException | UncheckedIOException | CompletionException _) {
        LockSupport.parkNanos(20_000_000);
      }
    }
    return seen;
  }

  /// Reads until the connection is lost or the goal is reached.
  abstract void connect() throws IOException, InterruptedException;

  public boolean isShortOfGoal() {
    return seen.isEmpty() || seen.getLast() < goal.get();
  }

  public void saw(JsonObject snapshot) {
    seen.add(snapshot.getJsonNumber("version").longValueExact());
    epoch = snapshot.getString("epoch");
  }

  public URI uri(String path) {
    return address
        .get()
        .resolve(
            seen.isEmpty()
                ? path
                : path + "?last_version=%d&epoch=%s".formatted(seen.getLast(), epoch));
  }

  public String tag() {
    return seen.isEmpty() ? "none" : epoch + "-" + seen.getLast();
  }

  public HttpRequest request(String path, String header, String value) {
    return HttpRequest.newBuilder(address.get().resolve(path)).header(header, value).build();
  }

  private static final class ShortPolling extends TestSubscriber {
    ShortPolling(HttpClient client, Supplier<URI> address, AtomicLong goal) {
      super(client, address, goal);
    }

    @Override
    void connect() throws IOException, InterruptedException {
      HttpResponse<String> answer =
          client.send(
              request("/status", "If-None-Match", '"' + tag() + '"'), BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        saw(json(answer));
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static final class LongPolling extends TestSubscriber {
    LongPolling(HttpClient client, Supplier<URI> address, AtomicLong goal) {
      super(client, address, goal);
    }

    @Override
    void connect() throws IOException, InterruptedException {
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri("/poll-status")).build(), BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        saw(json(answer));
      }
    }
  }

  private static final class Events extends TestSubscriber {
    Events(HttpClient client, Supplier<URI> address, AtomicLong goal) {
      super(client, address, goal);
    }

    @Override
    void connect() throws IOException, InterruptedException {
      HttpRequest request = request("/events", "Last-Event-ID", tag());
      try (Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
        Iterator<String> events = lines.filter(line -> line.startsWith("data:")).iterator();
        while (isShortOfGoal() && events.hasNext()) {
          saw(json(events.next().substring(5)));
        }
      }
    }
  }

  private static final class Lines extends TestSubscriber {
    Lines(HttpClient client, Supplier<URI> address, AtomicLong goal) {
      super(client, address, goal);
    }

    @Override
    void connect() throws IOException, InterruptedException {
      HttpRequest request = HttpRequest.newBuilder(uri("/stream")).build();
      try (Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
        Iterator<String> snapshots = lines.filter(line -> !line.isEmpty()).iterator();
        while (isShortOfGoal() && snapshots.hasNext()) {
          saw(json(snapshots.next()));
        }
      }
    }
  }

  private static final class Socket extends TestSubscriber {
    Socket(HttpClient client, Supplier<URI> address, AtomicLong goal) {
      super(client, address, goal);
    }

    @Override
    void connect() throws InterruptedException {
      try (WebSocketClient socket = WebSocketClient.open(uri("/ws"))) {
        String frame = socket.nextUnchecked();
        while (frame.startsWith("text ") || frame.startsWith("ping ")) {
          if (frame.startsWith("text ")) {
            saw(json(frame.substring(5)));
          }
          frame = isShortOfGoal() ? socket.nextUnchecked() : "";
        }
      }
    }
  }
}
