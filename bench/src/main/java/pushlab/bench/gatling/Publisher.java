package pushlab.bench.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.pace;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;

/// The one publisher of a simulation. It begins when the subscribers are connected, and its last
/// status ends the simulation: a subscriber that has seen it leaves. So a held request ends with
/// an answer, nothing is cut off, and every subscriber proves that it was still being served.
final class Publisher {

  /// The scenario that every simulation measures, beside the publisher's own.
  static final String SUBSCRIBERS = "subscribers";

  /// The session attribute in which a subscriber keeps the text that it received last.
  static final String SEEN = "seen";

  /// No earlier run ended with the same one.
  static final String LAST_STATUS = "last of " + Long.toString(System.currentTimeMillis(), 36);

  private Publisher() {}

  static PopulationBuilder of(Load load) {
    return scenario("publisher")
        .exec(updates(load), exec(update(LAST_STATUS)))
        .injectOpen(nothingFor(load.ramp()), rampUsers(1).during(0));
  }

  /// Whether a subscriber still has something to wait for.
  static boolean goesOn(Session subscriber) {
    String seen = subscriber.getString(SEEN);
    return seen == null || !seen.contains(LAST_STATUS);
  }

  private static ChainBuilder updates(Load load) {
    int due = (int) Math.round(load.hold().toMillis() / 1000.0 * load.updatesPerSecond());
    if (due == 0) {
      return pause(load.hold());
    }
    Duration period = load.hold().dividedBy(due);
    return repeat(due, "number")
        .on(pace(period, "schedule"), exec(update("update #{number}")))
        .exec(pace(period, "schedule"));
  }

  static HttpRequestActionBuilder update(String status) {
    return http("update")
        .post("/update-status")
        .header("Content-Type", "application/json")
        .body(StringBody("{\"status\":\"%s\"}".formatted(status)));
  }
}
