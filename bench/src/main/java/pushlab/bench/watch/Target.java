package pushlab.bench.watch;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Network;

/// The addresses of what is measured: one server, or several that share one state.
///
/// @param nodes where the subscribers connect to; at least one, each with a different address
/// @param first the node that gets all updates, at an address to which nothing is shaped
/// @param network what lies between the subscribers and the nodes; null for nothing that is shaped
public record Target(List<Node> nodes, Node first, @Nullable Network network) {

  private static final String BETWEEN = ",";

  public Target {
    nodes = List.copyOf(nodes);
  }

  /// The server at `address`, whose path is ignored.
  ///
  /// @throws IllegalArgumentException if it is not an `http` address
  public static Target of(URI address) {
    return of(List.of(address));
  }

  /// The servers at `addresses`.
  ///
  /// @throws IllegalArgumentException if one is not an `http` address, or occurs twice
  public static Target of(List<URI> addresses) {
    Set<Node> known = new HashSet<>();
    for (URI address : addresses) {
      if (!known.add(Node.of(address))) {
        throw new IllegalArgumentException("'%s' is given twice".formatted(address));
      }
    }
    List<Node> nodes = addresses.stream().map(Node::of).toList();
    return new Target(nodes, nodes.getFirst(), null);
  }

  /// The server at `direct` which subscribers reach at `shaped`, over `network`.
  ///
  /// @throws IllegalArgumentException if one is not an `http` address
  public static Target over(Network network, URI shaped, URI direct) {
    return new Target(List.of(Node.of(shaped)), Node.of(direct), network);
  }

  /// The target that [#toString] has written.
  public static Target parse(String text) {
    return of(Arrays.stream(text.split(BETWEEN, -1)).map(URI::create).toList());
  }

  /// The socket address of each node, for its subscribers.
  ///
  /// @throws IOException if a node cannot be reached; the message says which and why
  List<InetSocketAddress> reach() throws IOException {
    var places = new ArrayList<InetSocketAddress>();
    for (Node node : nodes) {
      places.add(node.address().reach());
    }
    return places;
  }

  /// The socket address of the first node, for updates.
  ///
  /// @param places what [#reach] has returned
  InetSocketAddress reachFirst(List<InetSocketAddress> places) throws IOException {
    return first.equals(nodes.getFirst()) ? places.getFirst() : first.address().reach();
  }

  /// The addresses of the nodes, separated by commas.
  @Override
  public String toString() {
    return nodes.stream().map(Node::toString).collect(joining(BETWEEN));
  }
}
