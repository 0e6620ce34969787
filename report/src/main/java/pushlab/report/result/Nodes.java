package pushlab.report.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What each node did in one repeat of a cell: one server, or several that share one state. Null is
/// what cannot be known.
///
/// @param each the one that was updated first; empty in runs from before nodes could be several
/// @param storeMicros CPU time of the store that they share, user and system
public record Nodes(List<Node> each, @Nullable Long storeMicros) {

  /// Nothing is known of them.
  public static final Nodes UNKNOWN = new Nodes(List.of(), null);

  public Nodes {
    each = List.copyOf(each);
  }

  /// One node.
  ///
  /// @param clients that were connected to it
  /// @param delivered versions that reached one of them
  /// @param correctedLatencyMicros as in [Repeat], of these clients
  /// @param cpuMicros CPU time of its process, user and system, but for its just-in-time compilers
  public record Node(
      int clients, long delivered, Percentiles correctedLatencyMicros, @Nullable Long cpuMicros) {}
}
