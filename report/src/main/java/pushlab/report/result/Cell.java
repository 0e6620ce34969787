package pushlab.report.result;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.OptBoolean;
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

  /// One repeat: counts and sums over its measured time, from the first update to the moment when
  /// every client had the last one. Nothing here is divided yet, so that repeats can be added up.
  ///
  /// @param number from 1
  /// @param seconds how long it measured
  /// @param updatesDue updates on the schedule
  /// @param updatesNotSent updates that were due and could not be sent
  /// @param expected deliveries if no client skipped a version: updates that were sent and not
  ///     refused, times clients
  /// @param delivered versions that reached a client
  /// @param skipped versions that a later one overtook on the way to a client
  /// @param missing versions that neither came nor were overtaken: the client never caught up
  /// @param repeated versions that a client was given again
  /// @param backward versions that came after a higher one
  /// @param latencyMicros of each delivery, from the moment its update was sent
  /// @param correctedLatencyMicros of each update and client, from the moment at which the schedule
  ///     wanted it sent until the client held it or a later one
  /// @param untilLastMicros of each update, until the last client held it or a later one
  /// @param answerMicros of each update, until the server had answered it by 200
  /// @param stalenessMillis the time-average, over all clients, of how long ago what they showed
  ///     had been replaced
  /// @param bytesOut bytes from the server to the clients, headers included, TCP's own not
  /// @param bytesIn bytes from the clients to the server, likewise
  /// @param payloadBytes of the bytes out, those of snapshots
  /// @param instrumentCpuMicros CPU time of the two threads that publish and receive
  /// @param instrumentLoopShare how much of its time the one thread was busy that receives all
  ///     deliveries, from 0 to 1
  /// @param connectMillis from the first connection attempt until every client was connected
  /// @param errors answers that were not what the contract promises, and failed connections
  /// @param disconnects connections that the server ended
  /// @param nodes what each of the servers did that share the state
  /// @param connections that clients made meanwhile, since the server had ended the one before once
  ///     it had answered; null in runs from before they were counted
  public record Repeat(
      int number,
      double seconds,
      long updatesDue,
      long updatesNotSent,
      long expected,
      long delivered,
      long skipped,
      long missing,
      long repeated,
      long backward,
      Percentiles latencyMicros,
      Percentiles correctedLatencyMicros,
      Percentiles untilLastMicros,
      Percentiles answerMicros,
      double stalenessMillis,
      long requests,
      long bytesOut,
      long bytesIn,
      long payloadBytes,
      ServerUse server,
      long instrumentCpuMicros,
      double instrumentLoopShare,
      double connectMillis,
      long errors,
      long disconnects,
      Noise noise,
      @JacksonInject(value = ResultsFolder.UNKNOWN_NODES, useInput = OptBoolean.TRUE) Nodes nodes,
      @JacksonInject(value = ResultsFolder.UNKNOWN_CONNECTIONS, useInput = OptBoolean.TRUE)
          @Nullable Long connections) {

    public Repeat {
      requireNonNull(latencyMicros, "latencyMicros");
      requireNonNull(correctedLatencyMicros, "correctedLatencyMicros");
      requireNonNull(untilLastMicros, "untilLastMicros");
      requireNonNull(answerMicros, "answerMicros");
      requireNonNull(server, "server");
      requireNonNull(noise, "noise");
      requireNonNull(nodes, "nodes");
    }
  }
}
