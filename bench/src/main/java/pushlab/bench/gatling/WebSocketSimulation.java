package pushlab.bench.gatling;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitBlockOnFail;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/// WebSocket: a subscriber upgrades its connection, and the server sends a frame for each version.
public final class WebSocketSimulation extends Simulation {

  private static final Duration FIRST_FRAME = Duration.ofSeconds(10);

  private final GatlingLoad load = GatlingLoad.fromSystemProperties();

  private final ChainBuilder connect =
      exec(
          ws("connect")
              .connect("/ws")
              .await(FIRST_FRAME)
              .on(ws.checkTextMessage("first frame").check(substring("version")))
              .await(load.atMost())
              .on(
                  ws.checkTextMessage("last frame")
                      .matching(substring(PublisherScenario.LAST_STATUS))));

  private final ChainBuilder leave = exec(ws("leave").close());

  /// Reads its load from the system properties.
  public WebSocketSimulation() {
    setUp(
            scenario(PublisherScenario.SUBSCRIBERS)
                .exec(exitBlockOnFail().on(connect, leave))
                .injectOpen(rampUsers(load.clients()).during(load.ramp())),
            PublisherScenario.of(load))
        .protocols(
            http.baseUrl(load.target().toString())
                .disableCaching()
                .wsBaseUrl(load.webSocketTarget().toString()))
        .assertions(
            global().failedRequests().count().is(0L),
            details("connect").successfulRequests().count().is((long) load.clients()))
        .maxDuration(load.atMost());
  }
}
