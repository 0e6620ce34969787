package pushlab.bench.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import pushlab.bench.check.CheckOptions.UpdateFormat;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.net.ServerAddress;

/// A client of the server that is checked. It asks as the client of the course does.
final class CheckedServer implements AutoCloseable {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final long LONGEST_BODY = 1 << 20;

  static {
    // The JDK's client would send a GET again when the server closes the connection. The check must
    // notice that.
    System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    System.setProperty("jdk.httpclient.keepalive.timeout", "1");
    // Requests may go to an address of the host instead of its name: see Destination.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  /// The part of a snapshot that every server of the course has.
  record SeenSnapshot(VersionNumber version, String status) {}

  private final URI given;
  private final Destination place;
  private final CheckOptions options;
  private final Limits limits;
  private final SSLContext tls;
  private final HttpClient http;
  private final Proxies proxies;
  private final AtomicLong askedAgain = new AtomicLong();
  private final WebSocketConnector sockets;
  private @Nullable String nothingSeen;

  /// @throws IOException if no server listens at any address of its host
  CheckedServer(URI address, CheckOptions options, Limits limits) throws IOException {
    this.given = address;
    this.place = Destination.of(address);
    this.proxies = new Proxies(address);
    this.options = options;
    this.limits = limits;
    this.nothingSeen = options.nothingSeen;
    JdkSslContext trusted = tls(options.insecure);
    this.tls = trusted.context();
    this.http = client();
    this.sockets = new WebSocketConnector(trusted);
  }

  /// A client without any connection.
  private HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        .sslContext(tls)
        .build();
  }

  /// @param insecure whether to accept any certificate
  static JdkSslContext tls(boolean insecure) {
    SslContextBuilder tls = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
    try {
      return (JdkSslContext)
          (insecure ? tls.trustManager(InsecureTrustManagerFactory.INSTANCE) : tls).build();
    } catch (SSLException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  Proxies proxies() {
    return proxies;
  }

  /// How many requests were sent again because their connection was closed.
  long askedAgain() {
    return askedAgain.get();
  }

  /// The time that a connection takes; of three, the shortest.
  Duration connectionTime() throws IOException {
    ServerAddress there = ServerAddress.of(place.uri());
    Duration shortest = Duration.ofDays(1);
    for (int attempt = 0; attempt < 3; attempt++) {
      long start = System.nanoTime();
      new Socket(there.host(), there.port()).close();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      shortest = took.compareTo(shortest) < 0 ? took : shortest;
    }
    return shortest;
  }

  /// The address as the user gave it.
  URI address() {
    return given;
  }

  /// From now on, the first request of a client has `value` as its last version.
  void nothingSeen(String value) {
    nothingSeen = value;
  }

  /// The URI of `path` for the checked task.
  ///
  /// @param query an encoded query such as `last_version=1`, or an empty text
  URI uri(String path, String query) {
    var parts = new ArrayList<String>();
    if (!query.isEmpty()) {
      parts.add(query);
    }
    if (options.task != null) {
      parts.add(pair(options.taskParameter, options.task));
    }
    String base = place.uri().toString().replaceFirst("[/?#]*$", "");
    return URI.create(base + path + (parts.isEmpty() ? "" : "?" + String.join("&", parts)));
  }

  HttpRequest.Builder get(String path, String query) {
    var request = HttpRequest.newBuilder(uri(path, query));
    place.host().ifPresent(host -> request.header("Host", host));
    return request;
  }

  /// Opens a WebSocket at `path`; see [WebSocketConnector#open].
  WebSocketFeed open(String path, String query)
      throws ExecutionException, TimeoutException, InterruptedException {
    return sockets.open(uri(path, query), place.host(), limits.atOnce());
  }

  /// Sends a request. It fails if the answer takes longer than a hold may last.
  Call send(HttpRequest.Builder request) {
    return send(request, limits.atOnce());
  }

  /// @param atOnce if the connection is closed later than this, the request is not sent again
  private Call send(HttpRequest.Builder request, Duration atOnce) {
    HttpRequest whole = request.timeout(limits.longestHold().plus(limits.atOnce())).build();
    String what = whole.method() + " " + whole.uri().getRawPath();
    if (whole.uri().getRawQuery() != null) {
      what += "?" + whole.uri().getRawQuery();
    }
    return new Call(
        what, ask(whole, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_BODY), atOnce));
  }

  /// Sends a request for an event stream.
  RetriedRequest<InputStream> stream(HttpRequest.Builder request) {
    return ask(request.build(), BodyHandlers.ofInputStream(), limits.atOnce());
  }

  private <T> RetriedRequest<T> ask(HttpRequest request, BodyHandler<T> body, Duration atOnce) {
    return new RetriedRequest<>(
        atOnce, () -> ask(http, request, body), () -> askAgain(request, body));
  }

  private <T> CompletableFuture<HttpResponse<T>> ask(
      HttpClient client, HttpRequest request, BodyHandler<T> body) {
    CompletableFuture<HttpResponse<T>> asked = client.sendAsync(request, body);
    var _ = asked.thenAccept(response -> proxies.see(response.headers()));
    return asked;
  }

  private <T> CompletableFuture<HttpResponse<T>> askAgain(
      HttpRequest request, BodyHandler<T> body) {
    HttpClient fresh = client();
    CompletableFuture<HttpResponse<T>> asked = ask(fresh, request, body);
    var _ =
        asked.whenComplete(
            (response, _) -> {
              if (response != null) {
                askedAgain.incrementAndGet();
              }
              fresh.shutdown();
            });
    return asked;
  }

  /// Sends the poll of a client that has `version`.
  Call poll(VersionNumber version) {
    return poll(version.toString());
  }

  /// Sends a poll with `lastVersion` unchanged, or without one if it is null.
  Call poll(@Nullable String lastVersion) {
    // A poll that was already held is not sent again: closing its connection is a fault.
    return send(
        get(
            options.pollPath,
            lastVersion == null ? "" : pair(options.lastVersionParameter, lastVersion)),
        limits.stillHeld());
  }

  /// Sends the poll of a client that has `version`, with one more query parameter.
  Call poll(VersionNumber version, int number) {
    String query = pair(options.lastVersionParameter, version.toString());
    return send(get(options.pollPath, query + "&check=" + number), limits.stillHeld());
  }

  /// Sends the first poll of a client.
  Call firstPoll() {
    return poll(nothingSeen);
  }

  /// The answer to the first poll of a client.
  SeenSnapshot current() throws Broken, IOException, InterruptedException {
    return snapshot(firstPoll().within(limits.atOnce()));
  }

  /// Sets a status other than the current one, and returns the new snapshot.
  SeenSnapshot update() throws Broken, IOException, InterruptedException {
    return update(others(current().status()).getFirst());
  }

  /// Sets `status`, and returns the new snapshot.
  SeenSnapshot update(String status) throws Broken, IOException, InterruptedException {
    accepted(startUpdate(status));
    return current();
  }

  /// The statuses that the server accepts, without `status`.
  List<String> others(String status) {
    return options.statuses.stream().filter(other -> !other.equals(status)).distinct().toList();
  }

  Call startUpdate(String status) {
    return send(authorized(update(Optional.of(status))));
  }

  /// The answer to an update, which must be a success.
  HttpAnswer accepted(Call update) throws Broken, IOException, InterruptedException {
    HttpAnswer answer = update.within(limits.atOnce());
    if (answer.code() >= 200 && answer.code() < 400) {
      return answer;
    }
    String found =
        "%s %s was answered %s".formatted(options.updateMethod, options.updatePath, answer);
    throw answer.isAboutHost() ? Broken.by(RoadFault.CHANGES_HOST, found) : new Broken(found);
  }

  HttpRequest.Builder authorized(HttpRequest.Builder request) {
    return options.updateToken == null
        ? request
        : request.header("Authorization", "Bearer " + options.updateToken);
  }

  /// An update. Without a status it is wrong, for a test.
  HttpRequest.Builder update(Optional<String> status) {
    String fields = status.map(text -> pair(options.updateField, text)).orElse("");
    return switch (options.updateFormat) {
      case JSON -> {
        var body = JSON.createObjectNode();
        status.ifPresent(text -> body.put(options.updateField, text));
        if (options.task != null) {
          body.put(options.taskParameter, options.task);
        }
        yield update("application/json", body.toString());
      }
      case FORM -> update("application/x-www-form-urlencoded", fields);
      case QUERY ->
          get(options.updatePath, fields).method(options.updateMethod, BodyPublishers.noBody());
    };
  }

  HttpRequest.Builder update(String type, String text) {
    BodyPublisher body = BodyPublishers.ofString(text);
    return get(options.updatePath, "")
        .header("Content-Type", type)
        .method(options.updateMethod, body);
  }

  boolean updatesBy(UpdateFormat format) {
    return options.updateFormat == format;
  }

  /// The snapshot in `answer`.
  SeenSnapshot snapshot(HttpAnswer answer) throws Broken {
    Broken.unless(
        answer.code() == 200,
        answer.isOfGateway()
            ? "it answered %s: a gateway in between says that it got no answer from the server"
                .formatted(answer)
            : "it answered %s".formatted(answer));
    return snapshot(answer.body());
  }

  /// The snapshot in `text`. Its version may be a number written as text; see [TextRules].
  SeenSnapshot snapshot(String text) throws Broken {
    JsonNode json = json(text);
    Optional<VersionNumber> version = VersionNumber.of(field(json, options.versionFields));
    JsonNode status = field(json, options.statusFields);
    if (version.isEmpty() || !status.isTextual()) {
      throw new Broken(
          "its JSON has no version as a number and status as text: %s (--version-field and"
                  .formatted(Quote.of(text))
              + " --status-field give their names)");
    }
    return new SeenSnapshot(version.get(), status.textValue());
  }

  /// The version in `text`; a missing node if there is none.
  JsonNode version(String text) throws Broken {
    return field(json(text), options.versionFields);
  }

  private static JsonNode json(String text) throws Broken {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException _) {
      throw new Broken("its answer is not JSON: " + Quote.of(text));
    }
  }

  private static JsonNode field(JsonNode json, List<String> names) {
    return names.stream()
        .map(name -> name.startsWith("/") ? json.at(name) : json.path(name))
        .filter(field -> !field.isMissingNode())
        .findFirst()
        .orElse(JSON.missingNode());
  }

  static String pair(String name, String value) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8)
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /// Closes all connections.
  @Override
  public void close() {
    http.shutdownNow();
    sockets.close();
  }
}
