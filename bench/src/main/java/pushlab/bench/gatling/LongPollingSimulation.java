package pushlab.bench.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitBlockOnFail;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/// Long polling: a subscriber asks for the version after the one that it has seen, and the server
/// holds the request until there is one, or answers 204 after 25 s.
public final class LongPollingSimulation extends Simulation {

  private static final Duration LONGER_THAN_A_HOLD = Duration.ofSeconds(35);

  static final ChainBuilder CONNECT =
      exec(
          http("connect")
              .get("/poll-status")
              .check(bodyString().saveAs(Publisher.SEEN), jsonPath("$.version").saveAs("version")));

  static final ChainBuilder NEXT =
      exec(
          http("poll")
              .get("/poll-status?last_version=#{version}")
              .requestTimeout(LONGER_THAN_A_HOLD)
              .check(status().in(200, 204))
              .checkIf((response, session) -> response.status().code() == 200)
              .then(bodyString().saveAs(Publisher.SEEN), jsonPath("$.version").saveAs("version")));

  /// Reads its load from the system properties.
  public LongPollingSimulation() {
    Load load = Load.fromSystemProperties();
    setUp(
            scenario(Publisher.SUBSCRIBERS)
                .exec(exitBlockOnFail().on(CONNECT, asLongAs(Publisher::goesOn).on(NEXT)))
                .injectOpen(rampUsers(load.clients()).during(load.ramp())),
            Publisher.of(load))
        .protocols(http.baseUrl(load.target().toString()).disableCaching())
        .assertions(
            global().failedRequests().count().is(0L),
            details("connect").successfulRequests().count().is((long) load.clients()))
        .maxDuration(load.atMost());
  }
}
