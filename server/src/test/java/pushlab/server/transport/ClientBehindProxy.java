package pushlab.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.TestServer.version;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import pushlab.server.state.Await;

/// Polls and updates through a proxy, by HTTP/1.1.
final class ClientBehindProxy implements AutoCloseable {

  private static final Pattern HELD = Pattern.compile("(?m)^pushlab_readers_waiting\\S* (\\d+)");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// The bodies of the answers with the status 200. A poll may get another status, or lose its
  /// connection, with its server.
  static List<String> bodies(List<CompletableFuture<HttpResponse<String>>> held) throws Exception {
    var bodies = new ArrayList<String>();
    for (var each : held) {
      try {
        HttpResponse<String> answer = each.get(10, TimeUnit.SECONDS);
        if (answer.statusCode() == 200) {
          bodies.add(answer.body());
        }
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(IOException.class);
      }
    }
    return bodies;
  }

  /// Requests that both servers hold, for a task that is not updated meanwhile.
  List<CompletableFuture<HttpResponse<String>>> holdAtBoth(URI address, List<URI> servers)
      throws IOException, InterruptedException {
    long version = version(update(address, "quiet"));
    String poll = "/poll-status?task=quiet&last_version=" + version;
    List<CompletableFuture<HttpResponse<String>>> held =
        IntStream.range(0, 8).mapToObj(_ -> hold(address, poll)).toList();
    Await.until("both hold some", () -> servers.stream().allMatch(server -> held(server) > 1));
    return held;
  }

  private long held(URI server) {
    try {
      var found = HELD.matcher(get(server, "/metrics").body());
      return found.find() ? Long.parseLong(found.group(1)) : 0;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Makes updates through the proxy until so many are acknowledged. One that a killed server has
  /// lost is not repeated.
  void updateUntil(int count, URI address, List<Long> acknowledged) {
    Await.until(
        count + " updates are acknowledged",
        () -> {
          update(address, acknowledged);
          return acknowledged.size() == count;
        });
  }

  private void update(URI address, List<Long> acknowledged) {
    try {
      HttpResponse<String> answer = update(address, "default");
      if (answer.statusCode() == 200) {
        acknowledged.add(version(answer));
      }
    } catch (IOException _) {
      // The connection was closed without an answer.
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> update(URI address, String task) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address.resolve("/update-status?status=x&task=" + task))
            .POST(BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> get(URI address, String path) throws IOException, InterruptedException {
    return http.send(request(address, path), BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> hold(URI address, String path) {
    return http.sendAsync(request(address, path), BodyHandlers.ofString());
  }

  private static HttpRequest request(URI address, String path) {
    return HttpRequest.newBuilder(address.resolve(path)).build();
  }

  HttpClient http() {
    return http;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
