package pushlab.report.result.herd;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Network;
import pushlab.report.result.Percentiles;
import pushlab.report.result.Transport;

/// `herd/<id>.json`: one event that all clients of a transport went through together. Times count
/// from the moment of the event.
///
/// @param id the name of its file
/// @param at when the event happened
/// @param network null for loopback
/// @param clients how many were connected and up to date before the event
/// @param goneSeconds how long nobody could reach the server; 0 for an event that leaves it running
/// @param backMicros of each client that was back in time, until it was connected and up to date;
///     for [HerdEvent#HOLD_END], until its hold had ended
/// @param notBack clients that were not back within `waitedSeconds`
/// @param attempts connection attempts
/// @param refused of these, those that the server's machine refused
/// @param failed of these, those that failed otherwise
/// @param turnedAway requests that the server answered that it was too busy: 429 or 503
/// @param missed versions that clients never showed, all clients together
/// @param mostAttempts connection attempts in the busiest second
/// @param mostRequests requests in the busiest second
/// @param serverCpuMicros CPU time of the server process or processes, a new one's start included;
///     null if unknown
/// @param instrumentShare how much of its busiest second the thread of all clients was busy, from 0
///     to 1; near 1 the clients themselves were the limit
/// @param timeline what happened in each step of `stepMillis`, from the event on
public record HerdTrial(
    String id,
    Instant at,
    Transport transport,
    HerdEvent event,
    HerdSettings settings,
    @Nullable Network network,
    int clients,
    double goneSeconds,
    double waitedSeconds,
    Percentiles backMicros,
    int notBack,
    long attempts,
    long refused,
    long failed,
    long requests,
    long turnedAway,
    long missed,
    long mostAttempts,
    long mostRequests,
    @Nullable Long serverCpuMicros,
    double instrumentShare,
    int stepMillis,
    List<Step> timeline) {

  /// What happened in one step of time.
  ///
  /// @param back clients that came back in it
  public record Step(int attempts, int refused, int requests, int back) {}

  public HerdTrial {
    requireNonNull(id, "id");
    requireNonNull(at, "at");
    requireNonNull(transport, "transport");
    requireNonNull(event, "event");
    requireNonNull(settings, "settings");
    requireNonNull(backMicros, "backMicros");
    timeline = List.copyOf(timeline);
    require(clients > 0, "clients", clients);
    require(notBack >= 0 && notBack <= clients, "notBack", notBack);
    require(goneSeconds >= 0 && goneSeconds < Double.POSITIVE_INFINITY, "goneSeconds", goneSeconds);
    require(stepMillis > 0, "stepMillis", stepMillis);
  }

  private static void require(boolean sense, String name, double value) {
    if (!sense) {
      throw new IllegalArgumentException("%s makes no sense: %s".formatted(name, value));
    }
  }
}
