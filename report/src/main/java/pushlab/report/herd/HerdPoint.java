package pushlab.report.herd;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.herd.HerdSettings;
import pushlab.report.result.herd.HerdTrial;

/// All trials of a series that have the same settings.
///
/// @param trials how many there are
/// @param lastBackSeconds from the event until the last client was back and up to date; null if in
///     a trial a client was not back in time
/// @param halfBackSeconds the same until half of those that came back were
/// @param notBack clients that were not back in time, in the worst trial
/// @param mostAttempts connection attempts in the busiest second
/// @param mostRequests requests in the busiest second
/// @param missed versions that clients never showed, all clients together
/// @param serverCpuSeconds CPU time of the server; null if unknown
/// @param instrumentShare how much of its busiest second the thread of all clients was busy, in the
///     worst trial
public record HerdPoint(
    HerdSettings settings,
    int trials,
    @Nullable Middle lastBackSeconds,
    Middle halfBackSeconds,
    int notBack,
    Middle attempts,
    Middle mostAttempts,
    Middle mostRequests,
    Middle refused,
    Middle turnedAway,
    Middle missed,
    @Nullable Middle serverCpuSeconds,
    double instrumentShare,
    @JsonIgnore List<HerdTrial> all) {

  private static final double MICROS = 1_000_000;

  /// A thread that is busy for more of a second than this has no room left.
  private static final double BUSY = 0.9;

  public HerdPoint {
    all = List.copyOf(all);
  }

  /// @param all one trial or more, with the same settings
  static HerdPoint of(List<HerdTrial> all) {
    int notBack = all.stream().mapToInt(HerdTrial::notBack).max().orElseThrow();
    return new HerdPoint(
        all.getFirst().settings(),
        all.size(),
        notBack > 0 ? null : Middle.of(all, trial -> trial.backMicros().max() / MICROS),
        Middle.of(all, trial -> trial.backMicros().p50() / MICROS),
        notBack,
        Middle.of(all, HerdTrial::attempts),
        Middle.of(all, HerdTrial::mostAttempts),
        Middle.of(all, HerdTrial::mostRequests),
        Middle.of(all, HerdTrial::refused),
        Middle.of(all, HerdTrial::turnedAway),
        Middle.of(all, HerdTrial::missed),
        Middle.known(all, HerdPoint::cpuSeconds),
        all.stream().mapToDouble(HerdTrial::instrumentShare).max().orElseThrow(),
        all);
  }

  private static @Nullable Double cpuSeconds(HerdTrial trial) {
    Long micros = trial.serverCpuMicros();
    return micros == null ? null : micros / MICROS;
  }

  /// Whether the clients themselves were the limit, so that the trials say little of the server.
  @JsonIgnore
  public boolean isLimitedByClients() {
    return instrumentShare > BUSY;
  }

  /// The reconnect window.
  @JsonIgnore
  public double windowSeconds() {
    return settings.windowSeconds();
  }
}
