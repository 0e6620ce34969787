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

/// A reader's day with the long poll: arrive, read, lose the network while a request is held, come
/// back after a quarter of the load's hold and go on from the last version that was read.
///
/// A client that comes back gets the latest version at once and not those between. No version comes
/// twice or after a later one. The client cuts off the lost request itself; neither that request
/// nor an answer to it is counted, because the network has lost both.
public final class ReadersDaySimulation extends Simulation {

  private static final String VERSION = "version";
  private static final Duration LONGER_THAN_A_HOLD = Duration.ofSeconds(35);
  private static final Duration UNTIL_THE_LOSS = Duration.ofMillis(200);
  private static final int ANSWERS_BEFORE_THE_LOSS = 2;

  private static final ChainBuilder ARRIVE =
      exec(
          http("connect")
              .get("/poll-status")
              .check(
                  bodyString().saveAs(Publisher.SEEN),
                  jsonPath("$.version").ofLong().saveAs(VERSION)));

  private static final ChainBuilder LOSE =
      exec(http("lost").get(nextVersion()).requestTimeout(UNTIL_THE_LOSS).silent())
          .exec(Session::markAsSucceeded);

  /// Reads its load from the system properties.
  public ReadersDaySimulation() {
    Load load = Load.fromSystemProperties();
    ChainBuilder read =
        repeat(ANSWERS_BEFORE_THE_LOSS).on(doIf(Publisher::goesOn).then(poll("poll")));
    ChainBuilder goOn = asLongAs(Publisher::goesOn).on(poll("poll"));
    setUp(
            scenario(Publisher.SUBSCRIBERS)
                .exec(exitBlockOnFail().on(ARRIVE, read))
                .exec(exitHereIf(session -> session.isFailed() || !Publisher.goesOn(session)))
                .exec(LOSE, pause(load.hold().dividedBy(4)))
                .exec(exitBlockOnFail().on(poll("come back"), goOn))
                .injectOpen(rampUsers(load.clients()).during(load.ramp())),
            Publisher.of(load))
        .protocols(http.baseUrl(load.target().toString()).disableCaching())
        .assertions(
            global().failedRequests().count().is(0L),
            details("connect").successfulRequests().count().is((long) load.clients()),
            details("come back").successfulRequests().count().gt(0L))
        .maxDuration(load.atMost());
  }

  private static ChainBuilder poll(String name) {
    return exec(
        http(name)
            .get(nextVersion())
            .requestTimeout(LONGER_THAN_A_HOLD)
            .check(status().in(200, 204))
            .checkIf((response, session) -> response.status().code() == 200)
            .then(
                bodyString().saveAs(Publisher.SEEN),
                jsonPath("$.version")
                    .ofLong()
                    .gt(session -> session.getLong(VERSION))
                    .saveAs(VERSION)));
  }

  private static String nextVersion() {
    return "/poll-status?last_version=#{version}";
  }
}
