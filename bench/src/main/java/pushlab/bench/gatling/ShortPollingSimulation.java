package pushlab.bench.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitBlockOnFail;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Simulation;

/// Short polling: a subscriber asks for the status at an interval.
public final class ShortPollingSimulation extends Simulation {

  static final ChainBuilder CONNECT =
      exec(
          http("connect")
              .get("/status")
              .check(
                  bodyString().saveAs(PublisherScenario.SEEN),
                  header("ETag").withDefault("\"\"").saveAs("etag")));

  static ChainBuilder next(GatlingLoad load) {
    return pause(load.pollInterval())
        .exec(
            http("poll")
                .get("/status")
                .header("If-None-Match", "#{etag}")
                .check(status().in(200, 304))
                .checkIf((response, session) -> response.status().code() == 200)
                .then(
                    bodyString().saveAs(PublisherScenario.SEEN),
                    header("ETag").withDefault("\"\"").saveAs("etag")));
  }

  /// Reads its load from the system properties.
  public ShortPollingSimulation() {
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
