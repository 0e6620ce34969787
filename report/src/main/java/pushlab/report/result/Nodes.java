package pushlab.report.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What each node did in one repeat of a cell. A target has one node, or several that share one
/// state. Null means unknown.
///
/// @param each the node that receives the updates comes first; empty in runs from before a target
///     could have several
/// @param storeMicros CPU time of the store that they share, user and system
public record Nodes(List<Node> each, @Nullable Long storeMicros) {

  /// No node is known.
  public static final Nodes UNKNOWN = new Nodes(List.of(), null);

  public Nodes {
    each = List.copyOf(each);
  }

  /// One node.
  ///
  /// @param clients that were connected to it
  /// @param delivered versions that reached one of them
  /// @param correctedLatencyMicros as in [Repeat], of these clients
  /// @param cpuMicros CPU time of its process, user and system, without its JIT compilers
  public record Node(
      int clients, long delivered, Percentiles correctedLatencyMicros, @Nullable Long cpuMicros) {}
}
