package pushlab.report.model;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Workload;
import pushlab.report.result.NetworkUse;
import pushlab.report.result.Transport;
import pushlab.report.stat.Interval;
import pushlab.report.stat.Spread;

/// What one cell of a run with networks shows of its network: delivery times beside theory, and
/// what a delivery takes on the wire.
///
/// @param wire null if the packets were not counted
@JsonPropertyOrder({"cell", "transport", "workload", "median", "p99", "wire"})
public record NetworkEffect(
    @JsonIgnore CellSummary summary, Delay median, Delay p99, @Nullable Wire wire) {

  /// With fewer clients a 99th percentile says little.
  private static final int MANY = 100;

  /// A delivery time, in microseconds.
  ///
  /// @param measured null if no verdict may rest on it
  /// @param edge from the time without a loss to that with one, if about as many deliveries meet a
  ///     loss as are above this percentile, so that chance decides which of them it shows; else
  // null
  public record Delay(
      @Nullable Double measured,
      double theory,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Interval edge) {

    /// What was measured beyond theory; null if no verdict may rest on it, or if theory does not
    /// tell.
    @JsonProperty
    public @Nullable Double residual() {
      return measured == null || edge != null ? null : Double.valueOf(measured - theory);
    }

    private static Delay of(
        CellSummary cell, Measure measure, double theory, @Nullable Interval edge) {
      Spread spread = cell.comparable(measure);
      return new Delay(spread == null ? null : Double.valueOf(spread.value()), theory, edge);
    }
  }

  /// What a delivery takes on the wire, in both directions together, with the headers of Ethernet,
  /// IP and TCP, and packets that carry nothing else.
  ///
  /// @param retransmittedShare the share of the packets that were sent again; null if unknown
  public record Wire(
      double bytesPerDelivery, double packetsPerDelivery, @Nullable Double retransmittedShare) {

    private static @Nullable Wire of(CellSummary cell) {
      NetworkUse use = cell.networkUse();
      long delivered = cell.deliveries().delivered();
      if (use == null || delivered == 0) {
        return null;
      }
      Long bytes = sum(use.bytesOut(), use.bytesIn());
      Long packets = sum(use.packetsOut(), use.packetsIn());
      Long again = sum(use.retransmittedOut(), use.retransmittedIn());
      return bytes == null || packets == null
          ? null
          : new Wire(
              (double) bytes / delivered,
              (double) packets / delivered,
              again == null || packets == 0 ? null : Double.valueOf((double) again / packets));
    }

    private static @Nullable Long sum(@Nullable Long out, @Nullable Long in) {
      return out == null || in == null ? null : Long.valueOf(out + in);
    }
  }

  /// One for each of `cells` that delivered something, by network first; none if all went over
  // loopback.
  public static List<NetworkEffect> of(List<CellSummary> cells) {
    return cells.stream().allMatch(cell -> cell.network() == null)
        ? List.of()
        : cells.stream()
            .filter(cell -> cell.deliveries().delivered() > 0)
            .map(NetworkEffect::of)
            .sorted(comparing(NetworkEffect::workload).thenComparing(NetworkEffect::transport))
            .toList();
  }

  private static NetworkEffect of(CellSummary cell) {
    return new NetworkEffect(
        cell,
        Delay.of(cell, Measure.DELIVERY_MEDIAN, Theory.deliveryMedianMicros(cell), null),
        Delay.of(
            cell,
            Measure.DELIVERY_P99,
            Theory.deliveryP99Micros(cell),
            Theory.edgeOfP99Micros(cell).orElse(null)),
        Wire.of(cell));
  }

  /// The workload, whatever its network, that most of `effects` have; of several, the one with the
  /// fewest deliveries a second from a hundred clients on, or else with the most.
  public static Optional<Workload> lead(List<NetworkEffect> effects) {
    return effects.stream()
        .map(effect -> effect.workload().over(null))
        .distinct()
        .max(
            comparingLong((Workload one) -> count(effects, one))
                .thenComparing(one -> one.clients() >= MANY)
                .thenComparingDouble(
                    one -> (one.clients() >= MANY ? -1 : 1) * one.deliveriesPerSecond()));
  }

  private static long count(List<NetworkEffect> effects, Workload workload) {
    return effects.stream().filter(it -> it.workload().over(null).equals(workload)).count();
  }

  /// The id of the cell.
  @JsonProperty("cell")
  public String id() {
    return summary.id();
  }

  @JsonProperty
  public Transport transport() {
    return summary.transport();
  }

  @JsonProperty
  public Workload workload() {
    return summary.workload();
  }
}
