package pushlab.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import pushlab.server.state.Await;
import pushlab.server.state.Tasks;
import pushlab.server.state.VersionedState;

/// A server on a free port, and a client of it.
final class TestServer implements AutoCloseable {

  final PushlabServer server;
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestServer(String... options) {
    String[] all = Stream.concat(Stream.of("--port=0"), Stream.of(options)).toArray(String[]::new);
    server = PushlabServer.start(ServerOptions.parse(all));
  }

  static TestServer start(String... options) {
    return new TestServer(options);
  }

  URI uri(String pathAndQuery) {
    return server.address().resolve(pathAndQuery);
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return client.send(request(path, headers).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String type, byte[] body) throws Exception {
    return client.send(
        request(path, "Content-Type", type)
            .method(method, BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> update(String status, String... headers) throws Exception {
    return client.send(
        request("/update-status?status=" + status, headers).POST(BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path) throws Exception {
    return client.send(
        request(path).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
  }

  JsonObject update(String status) throws Exception {
    byte[] body =
        Json.createObjectBuilder().add("status", status).build().toString().getBytes(UTF_8);
    return json(send("POST", "/update-status", "application/json", body));
  }

  /// A request that is held by now.
  CompletableFuture<HttpResponse<String>> hold(String path) {
    int before = server.readers().waiting();
    CompletableFuture<HttpResponse<String>> held =
        client.sendAsync(request(path).build(), BodyHandlers.ofString());
    awaitReaders(before + 1);
    return held;
  }

  void awaitReaders(int waiting) {
    Await.until(waiting + " readers wait", () -> server.readers().waiting() == waiting);
  }

  /// The state of the default task, past the wire.
  VersionedState state() {
    return server.tasks().find(Tasks.DEFAULT).orElseThrow();
  }

  RawConnection connect() throws IOException {
    return RawConnection.to(server.address());
  }

  static JsonObject json(HttpResponse<String> response) {
    return json(response.body());
  }

  static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  static long version(HttpResponse<String> response) {
    return json(response).getJsonNumber("version").longValueExact();
  }

  static String header(HttpResponse<?> response, String name) {
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
