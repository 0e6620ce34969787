package pushlab.bench.gatling;

import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitBlockOnFail;
import static io.gatling.javaapi.core.CoreDsl.exitHereIf;
import static io.gatling.javaapi.core.CoreDsl.forever;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.pace;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.stopLoadGeneratorIf;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.sse;
import static io.gatling.javaapi.http.HttpDsl.status;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.List;
import pushlab.report.result.GatlingStats;
import pushlab.report.result.Transport;

/// Finds how many connections a server holds. Subscribers connect one by one, stay connected and
/// receive updates. The ramp ends at the first error, at the first second that is too slow, or when
/// all subscribers have been connected for a while.
///
/// One more user, the probe, asks for the status ten times a second and publishes the updates. It
/// notices a server that still holds its connections but is too slow to answer.
public final class CapacitySimulation extends Simulation {

  private static final String ASKED = "asked";
  private static final Duration PROBE_PERIOD = Duration.ofMillis(100);
  private static final Duration FIRST_MESSAGE = Duration.ofSeconds(10);
  private static final String NEVER = "\n";

  /// A server that is full sends an event source a stream without an event, and others a 503.
  private static final String ANYTHING = "*/*";

  // Gatling creates the simulation object, so its result is kept in static fields.
  private static final GatlingLoad LOAD = GatlingLoad.fromSystemProperties();
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

  /// The result of the simulation that ran in this JVM.
  static Capacity found(List<GatlingStats.Failure> failures) {
    return Capacity.of(RAMP, TRANSPORT, LOAD, LIMIT, failures);
  }

  private PopulationBuilder subscribers() {
    return scenario(PublisherScenario.SUBSCRIBERS)
        .exec(exitHereIf(_ -> !RAMP.goesOn()), exec(CapacitySimulation::ask))
        .exec(exitBlockOnFail().on(connectAndStay()))
        .exec(exec(CapacitySimulation::failedOrNot), stop)
        .injectOpen(rampUsers(LOAD.clients()).during(LOAD.ramp()));
  }

  private PopulationBuilder probe() {
    ChainBuilder look =
        exec(asks(), exec(http("probe").get("/status").check(status().is(200))))
            .exec(CapacitySimulation::answered);
    ChainBuilder publish =
        exec(asks(), exec(PublisherScenario.update("capacity"))).exec(CapacitySimulation::answered);
    int looks = (int) Math.max(1, 1 / (LOAD.updatesPerSecond() * PROBE_PERIOD.toMillis() / 1000));
    return scenario("probe")
        .exec(
            forever("number")
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

  private ChainBuilder connectAndStay() {
    return switch (TRANSPORT) {
      case SHORT_POLLING -> poll(ShortPollingSimulation.CONNECT, ShortPollingSimulation.next(LOAD));
      case LONG_POLLING -> poll(LongPollingSimulation.CONNECT, LongPollingSimulation.next(LOAD));
      case SERVER_SENT_EVENTS ->
          exec(
              sse("connect")
                  .get("/events")
                  .header("Accept", ANYTHING)
                  .await(FIRST_MESSAGE)
                  .on(sse.checkMessage("first event").check(first()))
                  .await(LOAD.atMost())
                  .on(sse.checkMessage("stay").matching(substring(NEVER))));
      case NDJSON_STREAM ->
          exec(new LineStream(LOAD.target().resolve("/stream"), CapacitySimulation::held, NEVER));
      case WEBSOCKET ->
          exec(
              ws("connect")
                  .connect("/ws")
                  .await(FIRST_MESSAGE)
                  .on(ws.checkTextMessage("first frame").check(first()))
                  .await(LOAD.atMost())
                  .on(ws.checkTextMessage("stay").matching(substring(NEVER))));
    };
  }

  private ChainBuilder poll(ChainBuilder connect, ChainBuilder next) {
    return exec(connect, exec(CapacitySimulation::held), forever().on(next, stop));
  }

  /// A stream counts as held from its first message. Gatling then waits for a message that never
  /// comes, and so notices when the stream ends.
  private static CheckBuilder first() {
    return bodyString()
        .transformWithSession(
            (message, session) -> {
              held(session);
              return message;
            });
  }

  private static ChainBuilder asks() {
    return exec(session -> session.set(ASKED, System.nanoTime()));
  }

  private static Session ask(Session session) {
    RAMP.asked(session.userId());
    return session.set(ASKED, System.nanoTime());
  }

  private static Session held(Session session) {
    RAMP.held(session.userId(), System.nanoTime() - session.getLong(ASKED));
    return session;
  }

  private static Session answered(Session session) {
    RAMP.answered(System.nanoTime() - session.getLong(ASKED));
    return failedOrNot(session);
  }

  private static Session failedOrNot(Session session) {
    if (session.isFailed()) {
      RAMP.failed(session.userId());
    }
    return session;
  }
}
