package pushlab.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Idle;
import pushlab.report.result.Transport;

/// What one connected client costs in an hour in which nothing changes. Null means not known.
///
/// @param seconds how long nothing changed
/// @param cpuMillisPerHour CPU time of the server, less what it used before anybody was connected
/// @param unfit why these figures should not be used; empty when they may be
public record IdleSummary(
    String id,
    Transport transport,
    int clients,
    @Nullable Long pollIntervalMillis,
    double seconds,
    double requestsPerHour,
    double bytesOutPerHour,
    double bytesInPerHour,
    @Nullable Double cpuMillisPerHour,
    List<String> unfit) {

  /// The columns' heads of [#values], after the first, which is [#label].
  static final List<String> COLUMNS =
      List.of("Clients", "Watched", "Requests", "Bytes out", "Bytes in", "Server CPU", "Notes");

  static IdleSummary of(Idle idle) {
    double hours = idle.clients() * idle.seconds() / 3600;
    Long used = idle.cpuMicros();
    Double alone = idle.aloneCpuMicrosPerSecond();
    return new IdleSummary(
        idle.id(),
        idle.transport(),
        idle.clients(),
        idle.pollIntervalMillis(),
        idle.seconds(),
        idle.requests() / hours,
        idle.bytesOut() / hours,
        idle.bytesIn() / hours,
        used == null || alone == null
            ? null
            : Math.max(0, used - alone * idle.seconds()) / 1000 / hours,
        Fitness.unfit(idle));
  }

  /// What a reader knows it by.
  public String label() {
    return Text.label(transport, pollIntervalMillis);
  }

  /// As a row of a table.
  public List<String> values() {
    return List.of(
        Text.count(clients),
        Text.significant(seconds) + " s",
        Text.significant(requestsPerHour),
        Text.significant(bytesOutPerHour) + " B",
        Text.significant(bytesInPerHour) + " B",
        cpuMillisPerHour == null ? "not known" : Text.micros(1000 * cpuMillisPerHour),
        String.join("; ", unfit));
  }
}
