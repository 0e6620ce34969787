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

/// The server that is checked, asked as the course's client asks.
final class Server implements AutoCloseable {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final long LONGEST_BODY = 1 << 20;

  static {
    // By itself the JDK's client sends a GET again when the server hangs up, which is for us to
    // see and to say.
    System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    System.setProperty("jdk.httpclient.keepalive.timeout", "1");
    // A name is asked at the one of its addresses at which somebody listens.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  /// What a client learns from an answer.
  record Snapshot(Version version, String status) {}

  private final Place place;
  private final CheckOptions options;
  private final Limits limits;
  private final SSLContext tls;
  private final HttpClient http;
  private final Proxies proxies = new Proxies();
  private final AtomicLong askedAgain = new AtomicLong();
  private final Sockets sockets;
  private @Nullable String nothingSeen;

  /// @throws IOException if nobody listens at any address of its name
  Server(URI address, CheckOptions options, Limits limits) throws IOException {
    this.place = Place.of(address);
    this.options = options;
    this.limits = limits;
    this.nothingSeen = options.nothingSeen;
    JdkSslContext trusted = tls(options.insecure);
    this.tls = trusted.context();
    this.http = client();
    this.sockets = new Sockets(trusted);
  }

  /// One that has no connection yet.
  private HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        .sslContext(tls)
        .build();
  }

  /// @param insecure whether any certificate will do
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

  /// How many requests found their connection closed and were asked again on a new one.
  long askedAgain() {
    return askedAgain.get();
  }

  /// What a reader should know beside what the rules found.
  List<String> remarks() {
    var remarks = new ArrayList<String>();
    proxies
        .named()
        .ifPresent(
            headers ->
                remarks.add(
                    ("the answers name a proxy (%s): what is broken may be its doing, so check the"
                            + " server at its own address, too")
                        .formatted(headers)));
    if (askedAgain() > 0) {
      remarks.add(
          ("%d requests found their kept connection closed without an answer and were asked again"
                  + " on a new one, as browsers do (RFC 9112, 9.3.1): the server, or a proxy, ends"
                  + " connections without Connection: close")
              .formatted(askedAgain()));
    }
    return remarks;
  }

  /// From now on, a client that has seen nothing says so by `value`.
  void nothingSeen(String value) {
    nothingSeen = value;
  }

  /// The address of `path`, of the task that is checked.
  ///
  /// @param query more of the query, encoded, such as `last_version=1`, or nothing
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

  /// Opens a WebSocket at `path`; see [Sockets#open].
  Socket open(String path, String query)
      throws ExecutionException, TimeoutException, InterruptedException {
    return sockets.open(uri(path, query), place.host(), limits.atOnce());
  }

  /// Sends a request, whose answer is waited for no longer than a hold may last.
  Call send(HttpRequest.Builder request) {
    return send(request, limits.atOnce());
  }

  /// @param atOnce a connection that ends later than that was no ended one
  private Call send(HttpRequest.Builder request, Duration atOnce) {
    HttpRequest whole = request.timeout(limits.longestHold().plus(limits.atOnce())).build();
    String what = whole.method() + " " + whole.uri().getRawPath();
    if (whole.uri().getRawQuery() != null) {
      what += "?" + whole.uri().getRawQuery();
    }
    return new Call(
        what, ask(whole, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_BODY), atOnce));
  }

  /// An event stream, asked for.
  Asked<InputStream> stream(HttpRequest.Builder request) {
    return ask(request.build(), BodyHandlers.ofInputStream(), limits.atOnce());
  }

  private <T> Asked<T> ask(HttpRequest request, BodyHandler<T> body, Duration atOnce) {
    return new Asked<>(atOnce, () -> ask(http, request, body), () -> askAgain(request, body));
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

  /// Polls as a client does that has `version`.
  Call poll(Version version) {
    return poll(version.toString());
  }

  /// Polls with `lastVersion` as it stands.
  Call poll(@Nullable String lastVersion) {
    // One that was held by then is not asked again if it is cut off, which is a fault.
    return send(
        get(
            options.pollPath,
            lastVersion == null ? "" : pair(options.lastVersionParameter, lastVersion)),
        limits.stillHeld());
  }

  /// Polls as a client does that has seen nothing.
  Call firstPoll() {
    return poll(nothingSeen);
  }

  /// What a client that has seen nothing is told.
  Snapshot current() throws Broken, IOException, InterruptedException {
    return snapshot(firstPoll().within(limits.atOnce()));
  }

  /// Sets a status other than the present one, and reads what came of it.
  Snapshot update() throws Broken, IOException, InterruptedException {
    return update(others(current().status()).getFirst());
  }

  /// Sets `status`, and reads what came of it.
  Snapshot update(String status) throws Broken, IOException, InterruptedException {
    accepted(startUpdate(status));
    return current();
  }

  /// The statuses that the server takes, without `status`.
  List<String> others(String status) {
    return options.statuses.stream().filter(other -> !other.equals(status)).distinct().toList();
  }

  Call startUpdate(String status) {
    return send(authorized(update(Optional.of(status))));
  }

  /// The answer to an update, which was to be good.
  Answer accepted(Call update) throws Broken, IOException, InterruptedException {
    Answer answer = update.within(limits.atOnce());
    Broken.unless(
        answer.code() >= 200 && answer.code() < 400,
        "%s %s was answered %s".formatted(options.updateMethod, options.updatePath, answer));
    return answer;
  }

  HttpRequest.Builder authorized(HttpRequest.Builder request) {
    return options.updateToken == null
        ? request
        : request.header("Authorization", "Bearer " + options.updateToken);
  }

  /// An update, or without a status one that cannot be right.
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

  /// What `answer` tells a client.
  Snapshot snapshot(Answer answer) throws Broken {
    Broken.unless(answer.code() == 200, "it answered %s".formatted(answer));
    return snapshot(answer.body());
  }

  /// What `text` tells a client. A version may be a number written as text; see [TextRules].
  Snapshot snapshot(String text) throws Broken {
    JsonNode json = json(text);
    Optional<Version> version = Version.of(field(json, options.versionFields));
    JsonNode status = field(json, options.statusFields);
    if (version.isEmpty() || !status.isTextual()) {
      throw new Broken(
          "no version as a number and status as text in its JSON: %s (--version-field and"
                  .formatted(Quote.of(text))
              + " --status-field tell how it names them)");
    }
    return new Snapshot(version.get(), status.textValue());
  }

  /// The version in `text` as it stands; of no kind if there is none.
  JsonNode version(String text) throws Broken {
    return field(json(text), options.versionFields);
  }

  private static JsonNode json(String text) throws Broken {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException _) {
      throw new Broken("what it answered is not JSON: " + Quote.of(text));
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

  /// Forgets it, and whatever it still holds.
  @Override
  public void close() {
    http.shutdownNow();
    sockets.close();
  }
}
