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

/// The addresses of what is measured: one server, or several that share one state. All updates go
/// to the first.
///
/// @param nodes at least one, each with a different address
public record Target(List<Node> nodes) {

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
    return new Target(addresses.stream().map(Node::of).toList());
  }

  /// The target that [#toString] has written.
  public static Target parse(String text) {
    return of(Arrays.stream(text.split(BETWEEN, -1)).map(URI::create).toList());
  }

  /// The node that gets the updates.
  public Node first() {
    return nodes.getFirst();
  }

  /// The socket address of each node.
  ///
  /// @throws IOException if a node cannot be reached; the message says which and why
  List<InetSocketAddress> reach() throws IOException {
    var places = new ArrayList<InetSocketAddress>();
    for (Node node : nodes) {
      places.add(node.address().reach());
    }
    return places;
  }

  /// The addresses, separated by commas.
  @Override
  public String toString() {
    return nodes.stream().map(Node::toString).collect(joining(BETWEEN));
  }
}
