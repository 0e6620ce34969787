package pushlab.report.judge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Idle;
import pushlab.report.result.Transport;
import pushlab.report.text.Column;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// What one connected client costs in an hour without updates. Null means unknown.
///
/// @param seconds the duration of the measurement
/// @param cpuMillisPerHour CPU time of the server, less what it uses without clients
/// @param unfit why these figures should not be used; empty if they may be
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

  private static final List<Column<IdleSummary>> TABLE =
      List.of(
          Column.of("idle.clients", it -> Phrase.number(it.clients, Text::count)),
          Column.of("idle.watched", it -> Phrase.number(it.seconds, Text::seconds)),
          Column.of("idle.requests", it -> Phrase.number(it.requestsPerHour, Text::significant)),
          Column.of("idle.bytes-out", it -> Phrase.number(it.bytesOutPerHour, Text::bytes)),
          Column.of("idle.bytes-in", it -> Phrase.number(it.bytesInPerHour, Text::bytes)),
          Column.of("idle.cpu", it -> Phrase.known(it.cpuMillisPerHour, Text::millis)),
          Column.of("idle.notes", it -> Phrase.joined("; ", it.unfit)));

  /// The columns' heads of [#values], after the first, which is [#phrase].
  public static final List<Phrase> COLUMNS = Column.heads(TABLE);

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
    return Column.row(TABLE, this);
  }
}
