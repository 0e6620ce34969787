package pushlab.server;

import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.logging.common.LogConfig;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsUpgrader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.server.admin.Origins;
import pushlab.server.admin.UpdateStatus;
import pushlab.server.ops.Health;
import pushlab.server.ops.ListTasks;
import pushlab.server.ops.Metrics;
import pushlab.server.state.StateStore;
import pushlab.server.state.StoreException;
import pushlab.server.state.Tasks;
import pushlab.server.store.Stores;
import pushlab.server.transport.LongPolling;
import pushlab.server.transport.Problem;
import pushlab.server.transport.Readers;
import pushlab.server.transport.ServerSentEvents;
import pushlab.server.transport.ShortPolling;
import pushlab.server.transport.WebSocketPush;

/// A server that runs: all transports over the same tasks, on one port.
public final class PushlabServer implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(8);

  private final StateStore store;
  private final Tasks tasks;
  private final Readers readers;
  private final Metrics metrics = new Metrics();
  private final WebServer web;
  private URI address = URI.create("");
  private volatile boolean stopping;

  private PushlabServer(ServerOptions options, StateStore store) {
    this.store = store;
    this.tasks = new Tasks(options.maxTasks, store);
    this.readers = new Readers(options.maxReaders);
    var updates = new UpdateStatus(tasks, options.updateToken());
    metrics.updates(updates::made);
    var origins = new Origins(options.allowOrigins);
    var webSockets =
        new WebSocketPush(tasks, metrics.deliveries("websocket", readers), options.heartbeat);
    var http =
        HttpRouting.builder()
            .addFilter(PushlabServer::closeIfSaid)
            .addFilter(metrics)
            .addFilter(this::refuseIfStopping)
            .addFilter(origins)
            .register(new ShortPolling(tasks, metrics.deliveries("short-polling", readers)))
            .register(
                new LongPolling(tasks, metrics.deliveries("long-polling", readers), options.hold))
            .register(
                new ServerSentEvents(tasks, metrics.deliveries("sse", readers), options.heartbeat))
            .register(webSockets)
            .register(updates)
            .register(new ListTasks(tasks))
            .register(metrics)
            .register(new Health(() -> !stopping))
            .register(new Page())
            .any(
                (request, _) -> {
                  throw new Problem(
                      Status.NOT_FOUND_404, "there is nothing at " + request.path().path());
                })
            .error(Problem.class, (request, response, problem) -> problem.send(request, response))
            .error(
                StoreException.class, (request, response, _) -> notStored().send(request, response))
            .error(HttpException.class, PushlabServer::answer);
    this.web =
        WebServer.builder()
            .host(options.host)
            .port(options.port)
            .backlog(4096)
            .maxTcpConnections(options.maxConnections)
            .maxPayloadSize(options.maxBody)
            .directHandlers(Problem.handlers())
            .protocolsDiscoverServices(false)
            .addProtocol(WsConfig.create())
            .addConnectionSelector(http1(origins))
            .shutdownHook(false)
            .shutdownGracePeriod(Duration.ofSeconds(1))
            .addRouting(http)
            .addRouting(webSockets.upgrades())
            .build();
  }

  /// Starts a server, which answers once this returns.
  ///
  /// @throws IllegalStateException if it cannot listen there or cannot have what it needs; the
  ///     message says what and why
  /// @throws StoreException if its store cannot be opened
  public static PushlabServer start(ServerOptions options) {
    LogConfig.configureRuntime();
    tryToListen(options);
    var server = new PushlabServer(options, Stores.open(options.store));
    server.web.start();
    if (!server.web.isRunning()) {
      server.tasks.close();
      server.store.close();
      throw new IllegalStateException(
          "cannot listen on %s:%d: the log says why".formatted(options.host, options.port));
    }
    server.address = reachable(options.host, server.web.port());
    return server;
  }

  private static URI reachable(String host, int port) {
    String name =
        switch (host) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::" -> "[::1]";
          default -> host.contains(":") ? "[" + host + "]" : host;
        };
    return URI.create("http://%s:%d/".formatted(name, port));
  }

  /// Helidon itself tells only its log that it cannot, and then looks as if it had started.
  private static void tryToListen(ServerOptions options) {
    try (var socket = new ServerSocket()) {
      InetAddress address = InetAddress.getAllByName(options.host)[0];
      socket.bind(new InetSocketAddress(address, options.port));
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot listen on %s:%d: %s".formatted(options.host, options.port, e.getMessage()), e);
    }
  }

  /// Where the page is, with the port that it really listens on; known for good once it has
  /// started.
  public URI address() {
    return address;
  }

  /// Stops it: refuses new requests, answers every held one, ends every stream, closes every socket
  /// with 1001, and returns within 10 s.
  @Override
  public void close() {
    stopping = true;
    tasks.close();
    long deadline = System.nanoTime() + GRACE.toNanos();
    while (readers.waiting() > 0 && System.nanoTime() < deadline) {
      pause();
    }
    web.stop();
    metrics.close();
    store.close();
  }

  /// What is wrong with the store is its keeper's to know, and in the log.
  private static Problem notStored() {
    return new Problem(
            Status.SERVICE_UNAVAILABLE_503,
            "the store cannot take the update now; no reader is told of it")
        .with("Retry-After", "1");
  }

  /// Helidon says `Connection: close` where it should, and then reads on.
  private static void closeIfSaid(
      FilterChain chain, RoutingRequest request, RoutingResponse response) {
    chain.proceed();
    if (response.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
      throw new CloseConnectionException("the answer said so");
    }
  }

  /// Who waits now.
  Readers readers() {
    return readers;
  }

  Tasks tasks() {
    return tasks;
  }

  /// What Helidon throws is a refusal, or that a file of the page has not changed.
  private static void answer(ServerRequest request, ServerResponse response, HttpException e) {
    if (e.status().equals(Status.NOT_MODIFIED_304)) {
      response.status(e.status()).send();
    } else {
      new Problem(e.status(), String.valueOf(e.getMessage())).send(request, response);
    }
  }

  private void refuseIfStopping(
      FilterChain chain, RoutingRequest request, RoutingResponse response) {
    if (stopping && !request.path().path().startsWith("/health/")) {
      throw new Problem(Status.SERVICE_UNAVAILABLE_503, "the server is stopping")
          .with("Retry-After", "1");
    }
    chain.proceed();
  }

  /// HTTP/1.1 that upgrades to WebSocket however the client spells that: Helidon would look for one
  /// spelling only, where RFC 6455 wants case ignored. What does not upgrade is left to the routes,
  /// which refuse it by a problem document.
  private static Http1ConnectionSelector http1(Origins origins) {
    var webSocket = WsUpgrader.create(WsConfig.create());
    var http1 = Http1ConnectionSelector.builder().config(Http1Config.create());
    Stream.of("websocket", "WebSocket", "Websocket", "WEBSOCKET")
        .forEach(spelling -> http1.putUpgrader(spelling, new Upgrades(webSocket, origins)));
    return http1.build();
  }

  /// Upgrades to WebSocket, but for pages of other sites.
  private record Upgrades(Http1Upgrader webSocket, Origins origins) implements Http1Upgrader {
    @Override
    public String supportedProtocol() {
      return webSocket.supportedProtocol();
    }

    @Override
    public @Nullable ServerConnection upgrade(
        ConnectionContext connection, HttpPrologue prologue, WritableHeaders<?> headers) {
      return origins.allow(headers) ? webSocket.upgrade(connection, prologue, headers) : null;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
