package pushlab.report.result;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Run.Plan;

/// `cells/<id>/cell.json`: one point of the plan and the measurements of its repeats. Beside it
/// is one `repeat-N.hlog` for each repeat, with two tagged histograms, `raw` and `corrected`, in
/// microseconds.
///
/// @param id the name of the cell's folder, for example `long-polling-500-2`
/// @param updatesPerSecond of all tasks together
/// @param pollIntervalMillis null for every transport but short polling
/// @param tasks the number of tasks over which the clients are spread; each client has one, and
///     the tasks are updated in turn
/// @param payload the number of characters of a status, one byte each
/// @param delivery how subscribers of our server waited; null for a transport for which it makes no
///     difference, for another server, and in runs from before it was recorded
/// @param network what lies between the server and the clients; null for loopback
public record Cell(
    String id,
    Transport transport,
    int clients,
    double updatesPerSecond,
    @Nullable Long pollIntervalMillis,
    int tasks,
    int payload,
    @JacksonInject(value = ResultsFolder.UNKNOWN_DELIVERY, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Delivery delivery,
    @JacksonInject(value = ResultsFolder.UNKNOWN_NETWORK, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Network network,
    List<Repeat> repeats) {

  /// The default length of a status.
  public static final int PAYLOAD = 24;

  public Cell {
    requireNonNull(id, "id");
    requireNonNull(transport, "transport");
    repeats = List.copyOf(repeats);
  }

  /// A cell without repeats. Its id contains everything that distinguishes it from the other
  /// cells of its plan.
  public static Cell of(
      Plan plan,
      Transport transport,
      int clients,
      double updatesPerSecond,
      @Nullable Long pollIntervalMillis,
      int tasks,
      int payload,
      @Nullable Delivery delivery,
      @Nullable Network network) {
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
    if (delivery != null && plan.deliveries().size() > 1) {
      id += "-" + delivery;
    }
    if (network != null) {
      id += "-" + network.name();
    }
    return new Cell(
        id,
        transport,
        clients,
        updatesPerSecond,
        pollIntervalMillis,
        tasks,
        payload,
        delivery,
        network,
        List.of());
  }

  /// The same cell with one repeat more.
  public Cell with(Repeat repeat) {
    var more = new ArrayList<>(repeats);
    more.add(repeat);
    return with(more);
  }

  /// The same cell with these repeats in place of its own.
  public Cell with(List<Repeat> others) {
    return new Cell(
        id,
        transport,
        clients,
        updatesPerSecond,
        pollIntervalMillis,
        tasks,
        payload,
        delivery,
        network,
        others);
  }

  /// Whether repeat `number` has been measured.
  public boolean hasRepeat(int number) {
    return repeats.stream().anyMatch(repeat -> repeat.number() == number);
  }

  /// Its transport and its workload, in English.
  public String title() {
    return "%s, %d clients, %s updates a second"
        .formatted(transport.title(), clients, plain(updatesPerSecond));
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
