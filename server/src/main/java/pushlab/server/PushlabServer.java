package pushlab.server;

import io.helidon.common.tls.Tls;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import pushlab.server.admin.UpdateStatus;
import pushlab.server.http.CloseAsSaid;
import pushlab.server.http.Framing;
import pushlab.server.http.GivenUp;
import pushlab.server.http.Hosts;
import pushlab.server.http.Origins;
import pushlab.server.http.Problem;
import pushlab.server.net.Address;
import pushlab.server.net.Connections;
import pushlab.server.net.Listener;
import pushlab.server.net.websocket.Upgrades;
import pushlab.server.ops.AccessLog;
import pushlab.server.ops.Health;
import pushlab.server.ops.ListTasks;
import pushlab.server.ops.Logs;
import pushlab.server.ops.Metrics;
import pushlab.server.ops.TellTime;
import pushlab.server.state.StateStore;
import pushlab.server.state.StoreException;
import pushlab.server.state.Tasks;
import pushlab.server.transport.LongPolling;
import pushlab.server.transport.Readers;
import pushlab.server.transport.ServerSentEvents;
import pushlab.server.transport.ShortPolling;
import pushlab.server.transport.WebSocketPush;

/// A server that runs: all transports over the same tasks, on one port.
public final class PushlabServer implements AutoCloseable {

  private static final Logger LOGGER = System.getLogger(PushlabServer.class.getName());
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final Duration STORE_GRACE = Duration.ofMillis(500);

  private final StateStore store;
  private final Tasks tasks;
  private final Readers readers;
  private final Metrics metrics = new Metrics();
  private final Connections connections;
  private final Optional<AccessLog> accessLog;
  private final Listener listener;
  private final URI address;
  private volatile boolean stopping;

  private PushlabServer(
      ServerOptions options, Optional<Tls> tls, Optional<AccessLog> accessLog, StateStore store) {
    this.accessLog = accessLog;
    this.store = store;
    this.tasks = new Tasks(options.maxTasks, store);
    this.readers = new Readers(options.maxReaders);
    var givenUp = new GivenUp();
    var updates = new UpdateStatus(tasks, options.updateToken(), givenUp);
    metrics.updates(updates::made);
    var origins = new Origins(Hosts.of(options.host, options.allowHosts), options.allowOrigins);
    var webSockets =
        new WebSocketPush(tasks, metrics.deliveries("websocket", readers), options.heartbeat);
    this.connections =
        new Connections(
            options.bounds(),
            webSockets,
            origins,
            accessLog.<Upgrades>map(log -> log).orElse(Upgrades.UNTOLD),
            givenUp);
    metrics.connections(connections::open);
    var http =
        HttpRouting.builder()
            .update(routing -> accessLog.ifPresent(routing::addFilter))
            .addFilter(new CloseAsSaid())
            .any(new Framing(), origins)
            .register(new ShortPolling(tasks, metrics.deliveries("short-polling", readers)))
            .register(
                new LongPolling(tasks, metrics.deliveries("long-polling", readers), options.hold))
            .register(
                new ServerSentEvents(tasks, metrics.deliveries("sse", readers), options.heartbeat))
            .register(webSockets)
            .register(updates)
            .register(new ListTasks(tasks))
            .register(new TellTime())
            .register(metrics)
            .register(new Health(this::whyNotReady))
            .register(new Page())
            .any(
                (request, _) -> {
                  throw new Problem(
                      Status.NOT_FOUND_404, "there is nothing at " + request.path().path());
                })
            .error(Problem.class, this::refuse)
            .error(
                StoreException.class,
                (request, response, _) -> refuse(request, response, notStored()))
            .error(HttpException.class, this::answer);
    var config =
        ListenerConfig.builder()
            .protocolsDiscoverServices(false)
            .maxPayloadSize(options.maxBody)
            .directHandlers(Problem.handlers())
            .build();
    var router = Router.builder().addRouting(http).build();
    var where = new Address(options.host, options.port);
    this.listener = new Listener(where, tls, config, router, connections);
    this.address =
        new Address(options.host, listener.port()).reachable(tls.isPresent() ? "https" : "http");
  }

  /// Starts a server, which answers once this returns.
  ///
  /// @throws IllegalStateException if it cannot listen there or cannot have what it needs; the
  ///     message says what and why
  /// @throws StoreException if its store cannot be opened
  public static PushlabServer start(ServerOptions options) {
    Logs.configure(options.log.isJson());
    new Address(options.host, options.port).tryToListen();
    if (options.files.isTightFor(options.maxConnections)) {
      LOGGER.log(Level.WARNING, options.files.said());
    }
    Optional<Tls> tls = options.tls.on(options.host);
    Optional<AccessLog> accessLog = options.log.access();
    StateStore store = options.openStore();
    try {
      var server = new PushlabServer(options, tls, accessLog, store);
      server.listener.start();
      return server;
    } catch (IllegalStateException e) {
      store.close();
      throw e;
    }
  }

  /// Where the page is, with the port that it really listens on.
  public URI address() {
    return address;
  }

  /// Stops it: accepts no more connections, answers every held request, ends every stream, closes
  /// every socket with 1012, and returns within 5 s.
  @Override
  public void close() {
    stopping = true;
    listener.close();
    connections.stop();
    tasks.close();
    connections.awaitEnd(() -> readers.waiting() == 0, GRACE);
    connections.close();
    metrics.close();
    accessLog.ifPresent(AccessLog::close);
    closeStore();
  }

  /// A store that hangs does not keep the process: what it has acknowledged, it has.
  private void closeStore() {
    Thread closing = Thread.ofPlatform().daemon().name("store-close").start(store::close);
    try {
      closing.join(STORE_GRACE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// What is wrong with the store is its keeper's to know, and in the log.
  private static Problem notStored() {
    return new Problem(
            Status.SERVICE_UNAVAILABLE_503,
            "the store cannot take the update now; no reader is told of it")
        .with("Retry-After", "1");
  }

  public Readers readers() {
    return readers;
  }

  public Connections connections() {
    return connections;
  }

  public Tasks tasks() {
    return tasks;
  }

  /// What Helidon throws is a refusal, or that a file of the page has not changed.
  private void answer(ServerRequest request, ServerResponse response, HttpException e) {
    if (e.status().equals(Status.NOT_MODIFIED_304)) {
      response.status(e.status()).send();
    } else {
      refuse(request, response, new Problem(e.status(), String.valueOf(e.getMessage())));
    }
  }

  private void refuse(ServerRequest request, ServerResponse response, Problem problem) {
    metrics.refused(problem);
    problem.send(request, response);
  }

  private Optional<String> whyNotReady() {
    if (stopping) {
      return Optional.of("the server is stopping");
    }
    return store.lostSince().map("the store is lost since %s"::formatted);
  }
}
