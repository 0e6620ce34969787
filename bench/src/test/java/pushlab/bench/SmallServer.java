package pushlab.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A small server for the contract on plain sockets, with one task and without epochs. It is
/// correct until a test sets a handler for a path.
public final class SmallServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// A request.
  ///
  /// @param headers by name in lower case
  /// @param in the rest of what the client sends on this connection
  public record Request(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String body,
      InputStream in) {

    /// The version that the client has, or -1 if the request has none.
    ///
    /// @throws NumberFormatException if it is not a number; the server then answers 400
    public long lastVersion() {
      return Long.parseLong(query.getOrDefault("last_version", "-1"));
    }

    /// The status of an update; empty if there is none.
    public String status() {
      try {
        return JSON.readTree(body).path("status").asText();
      } catch (JsonProcessingException _) {
        return "";
      }
    }
  }

  /// A snapshot without an epoch, as the course's server has it.
  public record Snapshot(long version, String status) {
    public String json() {
      return JSON.createObjectNode().put("version", version).put("status", status).toString();
    }

    String etag() {
      return "\"" + version + "\"";
    }
  }

  /// Writes the answer to a request. An [IOException] closes the connection.
  @FunctionalInterface
  public interface Handler {
    void answer(Request request, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition updated = lock.newCondition();
  private volatile int requestsAConnection = Integer.MAX_VALUE;
  private Snapshot current = new Snapshot(0, "En attente");

  private SmallServer(Duration hold) throws IOException {
    on("/update-status", this::update);
    on("/status", this::status);
    on("/poll-status", (request, out) -> send(out, awaitOther(request.lastVersion(), hold)));
    on(
        "/events",
        (request, out) -> {
          beginEvents(out);
          long seen = Long.parseLong(request.headers().getOrDefault("last-event-id", "-1"));
          while (true) {
            Snapshot next = awaitOther(seen);
            sendEvent(out, next);
            seen = next.version();
          }
        });
    on(
        "/stream",
        (request, out) -> {
          beginLines(out);
          long seen = request.lastVersion();
          while (true) {
            Snapshot next = awaitOther(seen);
            write(out, next.json() + "\n");
            seen = next.version();
          }
        });
    on(
        "/ws",
        (request, out) -> {
          var socket = SmallWebSocket.accept(request, out);
          long seen = request.lastVersion();
          while (true) {
            Snapshot next = awaitOther(seen);
            socket.send(next.json());
            seen = next.version();
          }
        });
  }

  private void update(Request request, OutputStream out) throws IOException {
    if (!request.method().equals("POST")) {
      send(out, 405, "{}");
    } else if (request.status().isEmpty()) {
      send(out, 400, "{}");
    } else {
      send(out, 200, update(request.status()).json());
    }
  }

  private void status(Request request, OutputStream out) throws IOException {
    Snapshot now = current();
    if (now.etag().equals(request.headers().get("if-none-match"))) {
      write(out, "HTTP/1.1 304 Not Modified\r\n\r\n");
    } else {
      send(out, 200, now.json(), "ETag: " + now.etag());
    }
  }

  /// Starts a server that holds a poll for 20 s.
  public static SmallServer start() throws IOException {
    return start(Duration.ofSeconds(20));
  }

  /// Starts a server that holds a poll for `hold`.
  public static SmallServer start(Duration hold) throws IOException {
    var server = new SmallServer(hold);
    Thread.startVirtualThread(server::accept);
    return server;
  }

  /// From now on `handler` answers requests for `path`.
  public SmallServer on(String path, Handler handler) {
    handlers.put(path, handler);
    return this;
  }

  /// From now on a connection closes without an answer at the request after `most`, as when a proxy
  /// closes an idle connection that a client is about to use.
  public SmallServer hangUpAfter(int most) {
    requestsAConnection = most;
    return this;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  public Snapshot current() {
    lock.lock();
    try {
      return current;
    } finally {
      lock.unlock();
    }
  }

  /// Sets the status, and wakes all waiters.
  public Snapshot update(String status) {
    lock.lock();
    try {
      return set(new Snapshot(current.version() + 1, status));
    } finally {
      lock.unlock();
    }
  }

  /// Makes `next` the current snapshot, and wakes all waiters.
  public Snapshot set(Snapshot next) {
    lock.lock();
    try {
      current = next;
      updated.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the version differs from `version`, and returns the snapshot.
  public Snapshot awaitOther(long version) throws InterruptedException {
    return awaitOther(version, Duration.ofDays(1)).orElseThrow();
  }

  /// The same, or empty after `atMost`.
  public Optional<Snapshot> awaitOther(long version, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (current.version() == version && left > 0) {
        left = updated.awaitNanos(left);
      }
      return current.version() == version ? Optional.empty() : Optional.of(current);
    } finally {
      lock.unlock();
    }
  }

  /// Answers 200 with `snapshot`, or 204 without one.
  public static void send(OutputStream out, Optional<Snapshot> snapshot) throws IOException {
    if (snapshot.isPresent()) {
      send(out, 200, snapshot.get().json());
    } else {
      write(out, "HTTP/1.1 204 No Content\r\n\r\n");
    }
  }

  /// Answers `code` with `body`.
  public static void send(OutputStream out, int code, String body) throws IOException {
    send(out, code, body, "Cache-Control: no-store");
  }

  /// Answers `code` with `body`, and one more header.
  public static void send(OutputStream out, int code, String body, String header)
      throws IOException {
    write(
        out,
        """
        HTTP/1.1 %d Said\r
        Content-Type: application/json\r
        Content-Length: %d\r
        %s\r
        \r
        %s"""
            .formatted(code, body.getBytes(StandardCharsets.UTF_8).length, header, body));
  }

  /// Starts an event stream without a length.
  public static void beginEvents(OutputStream out) throws IOException {
    write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
  }

  /// Sends the headers of an NDJSON stream.
  public static void beginLines(OutputStream out) throws IOException {
    write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n");
  }

  /// Sends one event.
  public static void sendEvent(OutputStream out, Snapshot snapshot) throws IOException {
    write(out, "id: %d\ndata: %s\n\n".formatted(snapshot.version(), snapshot.json()));
  }

  /// Sends `text` at once.
  public static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        connection.setTcpNoDelay(true);
        connections.add(connection);
        Thread.startVirtualThread(() -> serve(connection));
      }
    } catch (IOException _) {
      // The server is closed.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      for (int requests = 0; ; requests++) {
        Request request = read(in);
        if (requests == requestsAConnection) {
          return;
        }
        answer(request, connection.getOutputStream());
      }
    } catch (IOException _) {
      // The client has disconnected, or a handler closes the connection.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  private void answer(Request request, OutputStream out) throws IOException, InterruptedException {
    try {
      handlers
          .getOrDefault(request.path(), (_, to) -> send(to, 404, "<html>Not here</html>"))
          .answer(request, out);
    } catch (NumberFormatException _) {
      send(out, 400, "{}");
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] first = line(in).split(" ", 3);
    URI target = URI.create(first[1]);
    var headers = new HashMap<String, String>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String[] parts = header.split(": ?", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(first[0], target.getPath(), query(target.getRawQuery()), headers, body, in);
  }

  private static Map<String, String> query(@Nullable String text) {
    var query = new HashMap<String, String>();
    for (String pair : text == null ? new String[0] : text.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }
}
