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

/// The publisher of a simulation. It starts when the subscribers are connected. Its last status
/// ends the simulation, because each subscriber disconnects when it has received that status. So
/// every held request is answered, nothing is interrupted, and each subscriber proves that it was
/// served to the end.
final class PublisherScenario {

  /// The name of the subscribers' scenario in every simulation.
  static final String SUBSCRIBERS = "subscribers";

  /// The session attribute with the last text that a subscriber received.
  static final String SEEN = "seen";

  /// The last status, which differs in each run.
  static final String LAST_STATUS = "last of " + Long.toString(System.currentTimeMillis(), 36);

  private PublisherScenario() {}

  static PopulationBuilder of(GatlingLoad load) {
    return scenario("publisher")
        .exec(updates(load), exec(update(LAST_STATUS)))
        .injectOpen(nothingFor(load.ramp()), rampUsers(1).during(0));
  }

  /// Whether a subscriber has not yet received the last status.
  static boolean goesOn(Session subscriber) {
    String seen = subscriber.getString(SEEN);
    return seen == null || !seen.contains(LAST_STATUS);
  }

  private static ChainBuilder updates(GatlingLoad load) {
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
