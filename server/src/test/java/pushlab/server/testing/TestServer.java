package pushlab.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import pushlab.server.PushlabServer;
import pushlab.server.net.Delivery;
import pushlab.server.options.ServerOptions;
import pushlab.server.state.Await;
import pushlab.server.state.Tasks;
import pushlab.server.state.VersionedState;

/// A server on a free port, and a client for it.
public final class TestServer implements AutoCloseable {

  public final PushlabServer server;
  public final HttpClient client;

  private TestServer(String... options) {
    String[] all = Stream.concat(Stream.of("--port=0"), Stream.of(options)).toArray(String[]::new);
    server = PushlabServer.start(ServerOptions.parse(all));
    boolean tls = server.address().getScheme().equals("https");
    client = tls ? http2() : HttpClient.newBuilder().version(Version.HTTP_1_1).build();
  }

  public static TestServer start(String... options) {
    return new TestServer(options);
  }

  public static TestServer start(Delivery delivery, String... options) {
    return new TestServer(
        Stream.concat(Stream.of("--delivery=" + delivery), Stream.of(options))
            .toArray(String[]::new));
  }

  /// A server that speaks TLS, and a client that speaks HTTP/2.
  public static TestServer startTls(String... options) {
    String[] tls = {"--tls-cert=" + TestCertificate.CERT, "--tls-key=" + TestCertificate.KEY};
    return new TestServer(Stream.concat(Stream.of(tls), Stream.of(options)).toArray(String[]::new));
  }

  /// A client that speaks HTTP/2, on a connection of its own, and trusts every server.
  public static HttpClient http2() {
    return HttpClient.newBuilder()
        .version(Version.HTTP_2)
        .sslContext(TestCertificate.TRUST)
        .build();
  }

  public URI uri(String pathAndQuery) {
    return server.address().resolve(pathAndQuery);
  }

  public HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(request(path, headers));
  }

  public HttpResponse<String> send(String method, String path, String type, byte[] body)
      throws Exception {
    return send(
        request(path, "Content-Type", type).method(method, BodyPublishers.ofByteArray(body)));
  }

  public HttpResponse<String> update(String status, String... headers) throws Exception {
    return send(request("/update-status?status=" + status, headers).POST(BodyPublishers.noBody()));
  }

  public HttpResponse<String> send(String method, String path) throws Exception {
    return send(request(path).method(method, BodyPublishers.noBody()));
  }

  /// Every answer that a test gets is compared with the description.
  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    Description.assertFits(answer);
    return answer;
  }

  public JsonObject update(String status) throws Exception {
    byte[] body =
        Json.createObjectBuilder().add("status", status).build().toString().getBytes(UTF_8);
    return json(send("POST", "/update-status", "application/json", body));
  }

  /// A request that the server holds when this method returns.
  public CompletableFuture<HttpResponse<String>> hold(String path) {
    int before = server.subscribers().waiting();
    CompletableFuture<HttpResponse<String>> held =
        client.sendAsync(request(path).build(), BodyHandlers.ofString());
    awaitSubscribers(before + 1);
    return held;
  }

  public void awaitSubscribers(int waiting) {
    Await.until(waiting + " subscribers wait", () -> server.subscribers().waiting() == waiting);
  }

  /// The state of the default task, without HTTP.
  public VersionedState state() {
    return server.tasks().find(Tasks.DEFAULT).orElseThrow();
  }

  public RawConnection connect() throws IOException {
    return RawConnection.to(server.address());
  }

  /// A stream with more in it than the system buffers for a client that does not read.
  public RawConnection subscriberThatDoesNotRead() throws Exception {
    RawConnection stuck = connect().send("GET /events HTTP/1.1", "Host: x", "");
    awaitSubscribers(1);
    for (int rounds = 0; rounds < 3; ) {
      long before = eventsWritten();
      for (int kilobytes = 0; kilobytes < 1000; kilobytes++) {
        state().update("🎉".repeat(256));
        LockSupport.parkNanos(20_000);
      }
      LockSupport.parkNanos(50_000_000);
      rounds = eventsWritten() == before ? rounds + 1 : 0;
    }
    return stuck;
  }

  private long eventsWritten() throws Exception {
    String metric = "pushlab_deliveries_total{transport=\"sse\"} ";
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(metric))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(metric.length())))
        .sum();
  }

  public static JsonObject json(HttpResponse<String> response) {
    return json(response.body());
  }

  public static JsonObject json(String text) {
    try (var subscriber = Json.createReader(new StringReader(text))) {
      return subscriber.readObject();
    }
  }

  public static long version(HttpResponse<String> response) {
    return json(response).getJsonNumber("version").longValueExact();
  }

  public static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Await.LIMIT);
    return headers.length == 0 ? request : request.headers(headers);
  }

  @Override
  public void close() {
    server.close();
    client.shutdownNow();
  }
}
