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
import pushlab.server.http.GivenUp;
import pushlab.server.http.Problem;
import pushlab.server.net.Address;
import pushlab.server.net.Connections;
import pushlab.server.net.Delivery;
import pushlab.server.net.Listener;
import pushlab.server.net.websocket.Upgrades;
import pushlab.server.ops.AccessLog;
import pushlab.server.ops.Health;
import pushlab.server.ops.ListTasks;
import pushlab.server.ops.Logs;
import pushlab.server.ops.Metrics;
import pushlab.server.ops.TellTime;
import pushlab.server.options.ServerOptions;
import pushlab.server.state.StateStore;
import pushlab.server.state.StoreException;
import pushlab.server.state.Tasks;
import pushlab.server.transport.Deliveries;
import pushlab.server.transport.HeldPolls;
import pushlab.server.transport.LongPolling;
import pushlab.server.transport.NdjsonStream;
import pushlab.server.transport.ServerSentEvents;
import pushlab.server.transport.ShortPolling;
import pushlab.server.transport.Subscribers;
import pushlab.server.transport.WebSocketPush;

/// A running server: all transports over the same tasks, on one port.
public final class PushlabServer implements AutoCloseable {

  private static final Logger LOGGER = System.getLogger(PushlabServer.class.getName());
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final Duration STORE_GRACE = Duration.ofMillis(500);

  private final StateStore store;
  private final Tasks tasks;
  private final Subscribers subscribers;
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
    this.tasks = new Tasks(options.limits().tasks(), store);
    boolean asData = options.delivery() == Delivery.LOOP;
    this.subscribers = new Subscribers(options.limits().subscribers(), asData);
    var givenUp = new GivenUp();
    var updates = new UpdateStatus(tasks, options.updateToken(), givenUp);
    metrics.updates(updates::made);
    var origins = options.origins();
    Deliveries longPolls = metrics.deliveries("long-polling", subscribers);
    var webSockets =
        new WebSocketPush(tasks, metrics.deliveries("websocket", subscribers), options.heartbeat());
    this.connections =
        new Connections(
            options.limits().bounds(),
            webSockets,
            origins,
            accessLog.<Upgrades>map(log -> log).orElse(Upgrades.UNTOLD),
            givenUp,
            asData
                ? Optional.of(
                    new HeldPolls(
                        tasks,
                        longPolls,
                        options.hold(),
                        options.holdSpread(),
                        accessLog.map(log -> log)))
                : Optional.empty());
    metrics.connections(connections::open);
    tasks.afterWaking(connections::wakeLoops);
    var http =
        HttpRouting.builder()
            .update(routing -> accessLog.ifPresent(routing::addFilter))
            .addFilter(new CloseAsSaid())
            .any(origins)
            .register(new ShortPolling(tasks, metrics.deliveries("short-polling", subscribers)))
            .register(new LongPolling(tasks, longPolls, options.hold(), options.holdSpread()))
            .register(
                new ServerSentEvents(
                    tasks, metrics.deliveries("sse", subscribers), options.heartbeat()))
            .register(
                new NdjsonStream(
                    tasks, metrics.deliveries("ndjson", subscribers), options.heartbeat()))
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
            .maxPayloadSize(options.limits().bodyBytes())
            .directHandlers(Problem.handlers())
            .connectionOptions(socket -> socket.tcpNoDelay(true))
            .build();
    var router = Router.builder().addRouting(http).build();
    var where = new Address(options.host(), options.port());
    this.listener =
        new Listener(where, tls, config, router, connections, options.limits().accepts());
    this.address =
        new Address(options.host(), listener.port()).reachable(tls.isPresent() ? "https" : "http");
  }

  /// Starts a server. It answers once this method returns.
  ///
  /// @throws IllegalStateException if it cannot listen there or something that it needs is missing;
  ///     the message says what and why
  /// @throws StoreException if its store cannot be opened
  public static PushlabServer start(ServerOptions options) {
    Logs.configure(options.log().isJson());
    new Address(options.host(), options.port()).tryToListen();
    options.limits().warning().ifPresent(warning -> LOGGER.log(Level.WARNING, warning));
    Optional<Tls> tls = options.tls();
    Optional<AccessLog> accessLog = options.log().access();
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

  /// The address of the page, with the actual port.
  public URI address() {
    return address;
  }

  /// Stops the server: accepts no more connections, answers every held request, ends every stream,
  /// closes every WebSocket with 1012, and returns within 5 s.
  @Override
  public void close() {
    stopping = true;
    listener.close();
    connections.stop();
    tasks.close();
    connections.awaitEnd(() -> subscribers.waiting() == 0, GRACE);
    connections.close();
    metrics.close();
    accessLog.ifPresent(AccessLog::close);
    closeStore();
  }

  /// A store that hangs does not keep the process alive: what it has acknowledged is safe.
  private void closeStore() {
    Thread closing = Thread.ofPlatform().daemon().name("store-close").start(store::close);
    try {
      closing.join(STORE_GRACE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// The cause is for the operator, and is in the log.
  private static Problem notStored() {
    return new Problem(
            Status.SERVICE_UNAVAILABLE_503,
            "the store cannot keep the update now; no subscriber has received it")
        .with("Retry-After", "1");
  }

  public Subscribers subscribers() {
    return subscribers;
  }

  public Connections connections() {
    return connections;
  }

  public Tasks tasks() {
    return tasks;
  }

  /// Helidon throws an exception for a refusal, and for a file of the page that has not changed.
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
