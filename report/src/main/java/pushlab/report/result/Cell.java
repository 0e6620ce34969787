package pushlab.report.result;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Run.Plan;

/// `cells/<id>/cell.json`: one point of the plan and what each of its repeats measured. Beside it
/// lies one `repeat-N.hlog` a repeat with two tagged histograms, `raw` and `corrected`, in
/// microseconds.
///
/// @param id the name of the cell's folder, for example `long-polling-500-2`
/// @param updatesPerSecond of all tasks together
/// @param pollIntervalMillis null where it means nothing: for every transport but short polling
/// @param tasks how many tasks the clients are spread over, one each; they are updated in turn
/// @param payload how many characters, of one byte each, a status has
public record Cell(
    String id,
    Transport transport,
    int clients,
    double updatesPerSecond,
    @Nullable Long pollIntervalMillis,
    int tasks,
    int payload,
    List<Repeat> repeats) {

  /// How long a status is unless told.
  public static final int PAYLOAD = 24;

  public Cell {
    requireNonNull(id, "id");
    requireNonNull(transport, "transport");
    repeats = List.copyOf(repeats);
  }

  /// A cell that has not been measured yet. Its id names whatever tells it from the others of its
  /// plan.
  public static Cell of(
      Plan plan,
      Transport transport,
      int clients,
      double updatesPerSecond,
      @Nullable Long pollIntervalMillis,
      int tasks,
      int payload) {
    String id = "%s-%d-%s".formatted(transport.id(), clients, plain(updatesPerSecond));
    if (pollIntervalMillis != null && plan.pollIntervalsMillis().size() > 1) {
      id += "-every-%d-ms".formatted(pollIntervalMillis);
    }
    if (plan.tasks().size() > 1) {
      id += "-%d-tasks".formatted(tasks);
    }
    if (plan.payloads().size() > 1) {
      id += "-%d-characters".formatted(payload);
    }
    return new Cell(
        id, transport, clients, updatesPerSecond, pollIntervalMillis, tasks, payload, List.of());
  }

  /// The same cell with one repeat more.
  public Cell with(Repeat repeat) {
    var more = new ArrayList<>(repeats);
    more.add(repeat);
    return new Cell(
        id, transport, clients, updatesPerSecond, pollIntervalMillis, tasks, payload, more);
  }

  /// Whether repeat `number` has been measured.
  public boolean hasRepeat(int number) {
    return repeats.stream().anyMatch(repeat -> repeat.number() == number);
  }

  /// What it is, for a reader.
  public String title() {
    return "%s, %d clients, %s updates a second"
        .formatted(transport.title(), clients, plain(updatesPerSecond));
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
