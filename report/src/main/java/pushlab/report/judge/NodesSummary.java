package pushlab.report.judge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Nodes;
import pushlab.report.result.Repeat;
import pushlab.report.result.Transport;
import pushlab.report.stat.Scatter;
import pushlab.report.stat.Spread;
import pushlab.report.stat.Usual;
import pushlab.report.text.Phrase;

/// What the nodes of a target did in a cell: servers that share one state. Null means unknown.
///
/// @param id of the cell
/// @param each the node that receives the updates comes first
/// @param laterAcrossMicros how much later a version is on the other nodes than on the first, at
///     the median, as the mean over these nodes
/// @param unfit why these figures should not be used; empty if they may be
public record NodesSummary(
    String id,
    @JsonIgnore Workload workload,
    Transport transport,
    @Nullable Long pollIntervalMillis,
    List<Node> each,
    Used store,
    @Nullable Spread laterAcrossMicros,
    List<Phrase> unfit) {

  private static final Scatter UNKNOWN = Scatter.of(Usual.UNKNOWN, List.of());

  /// One node: delivery times are corrected ones, of its own clients.
  ///
  /// @param delivered in all repeats
  public record Node(
      int clients,
      long delivered,
      @Nullable Spread medianMicros,
      @Nullable Spread p99Micros,
      Used cpu) {}

  /// CPU time of a node, or of the store that all nodes share.
  ///
  /// @param microsPerDelivery of a node, for a delivery to its own clients; of the store, for a
  ///     delivery to any client
  /// @param share of the CPU time of nodes and store together, from 0 to 1
  public record Used(@Nullable Spread microsPerDelivery, @Nullable Spread share) {}

  /// The summary of `cell`; empty if the target was a single node without a known store.
  public static Optional<NodesSummary> of(Cell cell) {
    List<Repeat> all = cell.repeats();
    int nodes = all.stream().mapToInt(repeat -> repeat.nodes().each().size()).min().orElse(0);
    boolean stored = all.stream().anyMatch(repeat -> repeat.nodes().storeMicros() != null);
    return nodes == 0 || (nodes == 1 && !stored)
        ? Optional.empty()
        : Optional.of(
            new NodesSummary(
                cell.id(),
                Workload.of(cell),
                cell.transport(),
                cell.pollIntervalMillis(),
                IntStream.range(0, nodes).mapToObj(node -> node(all, node)).toList(),
                used(
                    all,
                    repeat -> number(repeat.nodes().storeMicros()),
                    repeat -> repeat.deliveries().delivered()),
                mean(all, NodesSummary::laterAcross),
                Fitness.unfit(cell)));
  }

  private static Node node(List<Repeat> all, int node) {
    return new Node(
        at(all.getFirst(), node).clients(),
        all.stream().mapToLong(repeat -> at(repeat, node).delivered()).sum(),
        mean(all, repeat -> median(at(repeat, node))),
        mean(all, repeat -> known(at(repeat, node), it -> it.correctedLatencyMicros().p99())),
        used(
            all,
            repeat -> number(at(repeat, node).cpuMicros()),
            repeat -> at(repeat, node).delivered()));
  }

  private static Used used(
      List<Repeat> all, ToDoubleFunction<Repeat> micros, ToDoubleFunction<Repeat> delivered) {
    return new Used(ratio(all, micros, delivered), ratio(all, micros, NodesSummary::allMicros));
  }

  private static double allMicros(Repeat repeat) {
    Nodes nodes = repeat.nodes();
    return number(nodes.storeMicros())
        + nodes.each().stream().mapToDouble(node -> number(node.cpuMicros())).sum();
  }

  private static double laterAcross(Repeat repeat) {
    List<Nodes.Node> nodes = repeat.nodes().each();
    return nodes.stream().skip(1).mapToDouble(NodesSummary::median).average().orElse(Double.NaN)
        - median(nodes.getFirst());
  }

  private static double median(Nodes.Node node) {
    return known(node, it -> it.correctedLatencyMicros().p50());
  }

  /// Not a number if nothing was delivered to the clients of the node.
  private static double known(Nodes.Node node, ToDoubleFunction<Nodes.Node> part) {
    return node.delivered() == 0 ? Double.NaN : part.applyAsDouble(node);
  }

  private static Nodes.Node at(Repeat repeat, int node) {
    return repeat.nodes().each().get(node);
  }

  private static double number(@Nullable Long value) {
    return value == null ? Double.NaN : value;
  }

  private static @Nullable Spread mean(List<Repeat> all, ToDoubleFunction<Repeat> part) {
    return ratio(all, part, _ -> 1);
  }

  private static @Nullable Spread ratio(
      List<Repeat> all, ToDoubleFunction<Repeat> above, ToDoubleFunction<Repeat> below) {
    boolean known =
        !all.isEmpty()
            && all.stream().allMatch(one -> Measure.ratio(List.of(one), above, below) != null);
    return known
        ? Spread.of(
            all, drawn -> requireNonNull(Measure.ratio(drawn, above, below)), _ -> false, UNKNOWN)
        : null;
  }

  /// What a reader knows it by among the cells of its workload.
  @JsonProperty("label")
  public Phrase phrase() {
    return Phrase.of(transport, pollIntervalMillis);
  }
}
