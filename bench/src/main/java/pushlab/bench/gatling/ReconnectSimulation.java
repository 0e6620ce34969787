package pushlab.bench.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitBlockOnFail;
import static io.gatling.javaapi.core.CoreDsl.exitHereIf;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/// A long-polling subscriber that loses its connection: it connects, receives versions, drops a
/// held request, comes back after a quarter of the load's hold, and continues from its last
/// version.
///
/// A subscriber that comes back must receive the latest version at once, and none of those in
/// between. Each version must be newer than the one before. The dropped request is not counted, and
/// neither is an answer to it, because a lost network would lose that too.
public final class ReconnectSimulation extends Simulation {

  private static final String VERSION = "version";
  private static final Duration UNTIL_THE_LOSS = Duration.ofMillis(200);
  private static final int ANSWERS_BEFORE_THE_LOSS = 2;

  private static final ChainBuilder ARRIVE =
      exec(
          http("connect")
              .get("/poll-status")
              .check(
                  bodyString().saveAs(PublisherScenario.SEEN),
                  jsonPath("$.version").ofLong().saveAs(VERSION)));

  private static final ChainBuilder LOSE =
      exec(http("lost").get(nextVersion()).requestTimeout(UNTIL_THE_LOSS).silent())
          .exec(Session::markAsSucceeded);

  /// Reads its load from the system properties.
  public ReconnectSimulation() {
    GatlingLoad load = GatlingLoad.fromSystemProperties();
    ChainBuilder read =
        repeat(ANSWERS_BEFORE_THE_LOSS)
            .on(doIf(PublisherScenario::goesOn).then(poll("poll", load)));
    ChainBuilder goOn = asLongAs(PublisherScenario::goesOn).on(poll("poll", load));
    setUp(
            scenario(PublisherScenario.SUBSCRIBERS)
                .exec(exitBlockOnFail().on(ARRIVE, read))
                .exec(
                    exitHereIf(session -> session.isFailed() || !PublisherScenario.goesOn(session)))
                .exec(LOSE, pause(load.hold().dividedBy(4)))
                .exec(exitBlockOnFail().on(poll("come back", load), goOn))
                .injectOpen(rampUsers(load.clients()).during(load.ramp())),
            PublisherScenario.of(load))
        .protocols(http.baseUrl(load.target().toString()).disableCaching())
        .assertions(
            global().failedRequests().count().is(0L),
            details("connect").successfulRequests().count().is((long) load.clients()),
            details("come back").successfulRequests().count().gt(0L))
        .maxDuration(load.atMost());
  }

  private static ChainBuilder poll(String name, GatlingLoad load) {
    return exec(
        http(name)
            .get(nextVersion())
            .requestTimeout(load.pollHold().patience())
            .check(status().in(200, 204))
            .checkIf((response, session) -> response.status().code() == 200)
            .then(
                bodyString().saveAs(PublisherScenario.SEEN),
                jsonPath("$.version")
                    .ofLong()
                    .gt(session -> session.getLong(VERSION))
                    .saveAs(VERSION)));
  }

  private static String nextVersion() {
    return "/poll-status?last_version=#{version}";
  }
}
