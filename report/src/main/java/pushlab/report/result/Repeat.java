package pushlab.report.result;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.OptBoolean;
import org.jspecify.annotations.Nullable;

/// One repeat of a cell: counts and sums over its measured time, from the first update to the
/// moment when every client had the last one. Nothing here is divided, so that repeats can be added
/// up. In JSON its parts are one flat object.
///
/// @param number from 1
/// @param seconds how long it measured
/// @param connectMillis from the first connection attempt until every client was connected
/// @param nodes what each of the servers did that share the state
/// @param connections that clients made during the repeat because the server had ended the one
///     before after an answer; null in runs from before they were counted
/// @param network what the network was and did; null over loopback
public record Repeat(
    int number,
    double seconds,
    @JsonUnwrapped Updates updates,
    @JsonUnwrapped Deliveries deliveries,
    @JsonUnwrapped Delays delays,
    @JsonUnwrapped Traffic traffic,
    ServerUse server,
    @JsonUnwrapped Instrument instrument,
    double connectMillis,
    @JsonUnwrapped Faults faults,
    Noise noise,
    @JacksonInject(value = ResultsFolder.UNKNOWN_NODES, useInput = OptBoolean.TRUE) Nodes nodes,
    @JacksonInject(value = ResultsFolder.UNKNOWN_CONNECTIONS, useInput = OptBoolean.TRUE)
        @Nullable Long connections,
    @JacksonInject(value = ResultsFolder.UNKNOWN_NETWORK_USE, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable NetworkUse network) {

  public Repeat {
    requireNonNull(updates, "updates");
    requireNonNull(deliveries, "deliveries");
    requireNonNull(delays, "delays");
    requireNonNull(traffic, "traffic");
    requireNonNull(server, "server");
    requireNonNull(instrument, "instrument");
    requireNonNull(faults, "faults");
    requireNonNull(noise, "noise");
    requireNonNull(nodes, "nodes");
  }

  /// What was published.
  ///
  /// @param due updates on the schedule
  /// @param notSent of these, the updates that could not be sent
  public record Updates(
      @JsonProperty("updatesDue") long due, @JsonProperty("updatesNotSent") long notSent) {}

  /// What became of the versions that clients should have had.
  ///
  /// @param expected deliveries if no client skipped a version: updates that were sent and not
  ///     refused, times clients
  /// @param delivered versions that reached a client
  /// @param skipped versions that a later one overtook on the way to a client
  /// @param missing versions that neither came nor were overtaken: the client never caught up
  /// @param repeated versions that a client was given again
  /// @param backward versions that came after a higher one
  public record Deliveries(
      long expected, long delivered, long skipped, long missing, long repeated, long backward) {}

  /// How late clients were.
  ///
  /// @param latencyMicros of each delivery, from the moment its update was sent
  /// @param correctedLatencyMicros of each update and client, from the moment at which the schedule
  ///     wanted it sent until the client held it or a later one
  /// @param untilLastMicros of each update, until the last client held it or a later one
  /// @param answerMicros of each update, until the server had answered it by 200
  /// @param stalenessMillis the time-average, over all clients, of how long ago the version that
  ///     they showed had been replaced
  public record Delays(
      Percentiles latencyMicros,
      Percentiles correctedLatencyMicros,
      Percentiles untilLastMicros,
      Percentiles answerMicros,
      double stalenessMillis) {

    public Delays {
      requireNonNull(latencyMicros, "latencyMicros");
      requireNonNull(correctedLatencyMicros, "correctedLatencyMicros");
      requireNonNull(untilLastMicros, "untilLastMicros");
      requireNonNull(answerMicros, "answerMicros");
    }
  }

  /// What went over the wire between the server and the clients, TCP's own headers not included.
  ///
  /// @param bytesOut bytes from the server to the clients, headers included
  /// @param bytesIn bytes from the clients to the server, headers included
  /// @param payloadBytes of the bytes out, those of snapshots
  public record Traffic(long requests, long bytesOut, long bytesIn, long payloadBytes) {}

  /// What the instrument itself used.
  ///
  /// @param cpuMicros CPU time of the two threads that publish and receive
  /// @param loopShare how much of its time the thread that receives all deliveries was busy, from 0
  ///     to 1
  public record Instrument(
      @JsonProperty("instrumentCpuMicros") long cpuMicros,
      @JsonProperty("instrumentLoopShare") double loopShare) {}

  /// What went wrong.
  ///
  /// @param errors answers that were not what the contract promises, and failed connections
  /// @param disconnects connections that the server ended
  public record Faults(long errors, long disconnects) {}
}
