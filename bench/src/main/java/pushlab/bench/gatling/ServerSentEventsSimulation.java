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
import io.gatling.javaapi.http.SseConnectActionBuilder;
import java.time.Duration;

/// Server-sent events: a subscriber asks once, and the answer goes on for as long as it listens.
public final class ServerSentEventsSimulation extends Simulation {

  private static final Duration FIRST_EVENT = Duration.ofSeconds(10);

  static final SseConnectActionBuilder CONNECT =
      sse("connect")
          .get("/events")
          .await(FIRST_EVENT)
          .on(sse.checkMessage("first event").check(substring("version")));

  private static final ChainBuilder LEAVE = exec(sse("leave").close());

  /// Reads its load from the system properties.
  public ServerSentEventsSimulation() {
    Load load = Load.fromSystemProperties();
    ChainBuilder stay =
        exec(
            CONNECT
                .await(load.atMost())
                .on(sse.checkMessage("last event").matching(substring(Publisher.LAST_STATUS))));
    setUp(
            scenario(Publisher.SUBSCRIBERS)
                .exec(exitBlockOnFail().on(stay, LEAVE))
                .injectOpen(rampUsers(load.clients()).during(load.ramp())),
            Publisher.of(load))
        .protocols(http.baseUrl(load.target().toString()).disableCaching())
        .assertions(
            global().failedRequests().count().is(0L),
            details("connect").successfulRequests().count().is((long) load.clients()))
        .maxDuration(load.atMost());
  }
}
