package pushlab.bench.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitHereIf;
import static io.gatling.javaapi.core.CoreDsl.exitHereIfFailed;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.pace;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.stopLoadGeneratorIf;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.List;
import pushlab.report.result.GatlingStats;
import pushlab.report.result.Transport;

/// How many connections a server holds: they come one by one, stay, and are told of updates, until
/// the first error, until what is due at once comes too late, or until there are as many as were
/// to be tried and they were held for a while.
///
/// One more user, the probe, asks for the status ten times a second and publishes the updates: it
/// notices a server that still holds all its connections and has no time for anybody.
public final class CapacitySimulation extends Simulation {

  private static final String ASKED = "asked";
  private static final Duration PROBE_PERIOD = Duration.ofMillis(100);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  // Gatling makes the simulation; what it found outlives it here.
  private static final Load LOAD = Load.fromSystemProperties();
  private static final Transport TRANSPORT = Transport.of(System.getProperty("pushlab.transport"));
  private static final Duration LIMIT = Duration.ofMillis(Long.getLong("pushlab.limitMillis"));
  private static final Ramp RAMP = new Ramp(LIMIT, System::nanoTime);

  private final ChainBuilder stop =
      stopLoadGeneratorIf(_ -> "the ramp has ended", _ -> RAMP.isSettled());

  /// Reads its load and its transport from the system properties.
  public CapacitySimulation() {
    setUp(subscribers(), probe(), end())
        .protocols(
            http.baseUrl(LOAD.target().toString())
                .disableCaching()
                .wsBaseUrl(LOAD.webSocketTarget().toString()))
        .maxDuration(LOAD.atMost());
  }

  /// What the simulation that ran in this JVM found.
  static Capacity found(List<GatlingStats.Failure> failures) {
    return Capacity.of(RAMP, TRANSPORT, LOAD, LIMIT, failures);
  }

  private PopulationBuilder subscribers() {
    return scenario(Publisher.SUBSCRIBERS)
        .exec(exitHereIf(_ -> !RAMP.goesOn()), exec(CapacitySimulation::ask), connect())
        .exec(exec(CapacitySimulation::heldOrRefused), stop, exitHereIfFailed())
        .exec(asLongAs(_ -> true).on(stay(), exec(CapacitySimulation::failedOrNot), stop))
        .injectOpen(rampUsers(LOAD.clients()).during(LOAD.ramp()));
  }

  private PopulationBuilder probe() {
    ChainBuilder look =
        exec(asks(), exec(http("probe").get("/status").check(status().is(200))))
            .exec(CapacitySimulation::answered);
    ChainBuilder publish =
        exec(asks(), exec(Publisher.update("capacity"))).exec(CapacitySimulation::answered);
    int looks = (int) Math.max(1, 1 / (LOAD.updatesPerSecond() * PROBE_PERIOD.toMillis() / 1000));
    return scenario("probe")
        .exec(
            asLongAs(_ -> true, "number")
                .on(
                    pace(PROBE_PERIOD),
                    look,
                    doIf(session -> session.getInt("number") % looks == looks - 1).then(publish),
                    stop))
        .injectOpen(rampUsers(1).during(0));
  }

  private PopulationBuilder end() {
    return scenario("end")
        .exec(
            session -> {
              RAMP.mostHeld();
              return session;
            })
        .injectOpen(nothingFor(LOAD.ramp().plus(LOAD.hold())), rampUsers(1).during(0));
  }

  private static ChainBuilder connect() {
    return switch (TRANSPORT) {
      case SHORT_POLLING -> ShortPollingSimulation.CONNECT;
      case LONG_POLLING -> LongPollingSimulation.CONNECT;
      case SERVER_SENT_EVENTS -> exec(ServerSentEventsSimulation.CONNECT);
      case WEBSOCKET -> exec(WebSocketSimulation.CONNECT);
    };
  }

  /// A stream that the server closes fails with what is next done with it.
  private static ChainBuilder stay() {
    return switch (TRANSPORT) {
      case SHORT_POLLING -> ShortPollingSimulation.next(LOAD);
      case LONG_POLLING -> LongPollingSimulation.NEXT;
      case SERVER_SENT_EVENTS, WEBSOCKET -> pause(HEARTBEAT);
    };
  }

  private static ChainBuilder asks() {
    return exec(session -> session.set(ASKED, System.nanoTime()));
  }

  private static Session ask(Session session) {
    RAMP.asked();
    return session.set(ASKED, System.nanoTime());
  }

  private static Session heldOrRefused(Session session) {
    if (session.isFailed()) {
      RAMP.refused();
    } else {
      RAMP.held(System.nanoTime() - session.getLong(ASKED));
    }
    return session;
  }

  private static Session answered(Session session) {
    RAMP.answered(System.nanoTime() - session.getLong(ASKED));
    return failedOrNot(session);
  }

  private static Session failedOrNot(Session session) {
    if (session.isFailed()) {
      RAMP.failed();
    }
    return session;
  }
}
