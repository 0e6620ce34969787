package pushlab.report.judge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Idle;
import pushlab.report.result.Transport;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

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
    List<Phrase> unfit) {

  /// The columns' heads of [#values], after the first, which is [#phrase].
  public static final List<Phrase> COLUMNS =
      Stream.of("clients", "watched", "requests", "bytes-out", "bytes-in", "cpu", "notes")
          .map(column -> Phrase.of("idle." + column))
          .toList();

  public static IdleSummary of(Idle idle) {
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
  @JsonProperty("label")
  public Phrase phrase() {
    return Phrase.of(transport, pollIntervalMillis);
  }

  /// As a row of a table.
  @JsonIgnore
  public List<Phrase> values() {
    return List.of(
        Phrase.number(Text.count(clients)),
        Phrase.number(Text.significant(seconds) + " s"),
        Phrase.number(Text.significant(requestsPerHour)),
        Phrase.number(Text.bytes(bytesOutPerHour)),
        Phrase.number(Text.bytes(bytesInPerHour)),
        Phrase.number(cpuMillisPerHour, Text::millis),
        Phrase.joined("; ", unfit));
  }
}
