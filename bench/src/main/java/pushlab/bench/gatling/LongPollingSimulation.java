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

/// Long polling: a subscriber asks for a version newer than the one that it has. The server holds
/// the request until there is one, or answers 204 when the hold ends.
public final class LongPollingSimulation extends Simulation {

  static final ChainBuilder CONNECT =
      exec(
          http("connect")
              .get("/poll-status")
              .check(
                  bodyString().saveAs(PublisherScenario.SEEN),
                  jsonPath("$.version").saveAs("version")));

  static ChainBuilder next(GatlingLoad load) {
    return exec(
        http("poll")
            .get("/poll-status?last_version=#{version}")
            .requestTimeout(load.pollHold().patience())
            .check(status().in(200, 204))
            .checkIf((response, session) -> response.status().code() == 200)
            .then(
                bodyString().saveAs(PublisherScenario.SEEN),
                jsonPath("$.version").saveAs("version")));
  }

  /// Reads its load from the system properties.
  public LongPollingSimulation() {
    GatlingLoad load = GatlingLoad.fromSystemProperties();
    setUp(
            scenario(PublisherScenario.SUBSCRIBERS)
                .exec(
                    exitBlockOnFail()
                        .on(CONNECT, asLongAs(PublisherScenario::goesOn).on(next(load))))
                .injectOpen(rampUsers(load.clients()).during(load.ramp())),
            PublisherScenario.of(load))
        .protocols(http.baseUrl(load.target().toString()).disableCaching())
        .assertions(
            global().failedRequests().count().is(0L),
            details("connect").successfulRequests().count().is((long) load.clients()))
        .maxDuration(load.atMost());
  }
}
