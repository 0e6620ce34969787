package pushlab.bench.gatling;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exitBlockOnFail;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.Simulation;
import java.util.function.UnaryOperator;

/// NDJSON stream: a subscriber asks once, and reads the answer line by line while it stays.
public final class NdjsonStreamSimulation extends Simulation {

  /// Reads its load from the system properties.
  public NdjsonStreamSimulation() {
    GatlingLoad load = GatlingLoad.fromSystemProperties();
    var listen =
        new LineStream(
            load.target().resolve("/stream"),
            UnaryOperator.identity(),
            PublisherScenario.LAST_STATUS);
    setUp(
            scenario(PublisherScenario.SUBSCRIBERS)
                .exec(exitBlockOnFail().on(listen))
                .injectOpen(rampUsers(load.clients()).during(load.ramp())),
            PublisherScenario.of(load))
        .protocols(http.baseUrl(load.target().toString()).disableCaching())
        .assertions(
            global().failedRequests().count().is(0L),
            details("connect").successfulRequests().count().is((long) load.clients()))
        .maxDuration(load.atMost());
  }
}
