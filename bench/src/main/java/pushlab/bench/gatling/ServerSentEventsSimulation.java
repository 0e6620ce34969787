package pushlab.bench.gatling;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitBlockOnFail;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.sse;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/// Server-sent events: a subscriber sends one request, and the answer lasts until it disconnects.
public final class ServerSentEventsSimulation extends Simulation {

  private static final Duration FIRST_EVENT = Duration.ofSeconds(10);

  private final GatlingLoad load = GatlingLoad.fromSystemProperties();

  private final ChainBuilder connect =
      exec(
          sse("connect")
              .get("/events")
              .await(FIRST_EVENT)
              .on(sse.checkMessage("first event").check(substring("version")))
              .await(load.atMost())
              .on(
                  sse.checkMessage("last event")
                      .matching(substring(PublisherScenario.LAST_STATUS))));

  private final ChainBuilder leave = exec(sse("leave").close());

  /// Reads its load from the system properties.
  public ServerSentEventsSimulation() {
    setUp(
            scenario(PublisherScenario.SUBSCRIBERS)
                .exec(exitBlockOnFail().on(connect, leave))
                .injectOpen(rampUsers(load.clients()).during(load.ramp())),
            PublisherScenario.of(load))
        .protocols(http.baseUrl(load.target().toString()).disableCaching())
        .assertions(
            global().failedRequests().count().is(0L),
            details("connect").successfulRequests().count().is((long) load.clients()))
        .maxDuration(load.atMost());
  }
}
