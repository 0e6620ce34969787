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
import io.gatling.javaapi.http.WsConnectActionBuilder;
import java.time.Duration;

/// WebSocket: a subscriber turns its connection into one that carries frames both ways, and the
/// server sends a frame for each version.
public final class WebSocketSimulation extends Simulation {

  private static final Duration FIRST_FRAME = Duration.ofSeconds(10);

  static final WsConnectActionBuilder CONNECT =
      ws("connect")
          .connect("/ws")
          .await(FIRST_FRAME)
          .on(ws.checkTextMessage("first frame").check(substring("version")));

  private static final ChainBuilder LEAVE = exec(ws("leave").close());

  /// Reads its load from the system properties.
  public WebSocketSimulation() {
    Load load = Load.fromSystemProperties();
    ChainBuilder stay =
        exec(
            CONNECT
                .await(load.atMost())
                .on(ws.checkTextMessage("last frame").matching(substring(Publisher.LAST_STATUS))));
    setUp(
            scenario(Publisher.SUBSCRIBERS)
                .exec(exitBlockOnFail().on(stay, LEAVE))
                .injectOpen(rampUsers(load.clients()).during(load.ramp())),
            Publisher.of(load))
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
