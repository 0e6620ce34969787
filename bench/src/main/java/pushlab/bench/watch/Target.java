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

/// What is measured: one server, or several that share one state. All updates go to the first.
///
/// @param nodes at least one, each at an address of its own
public record Target(List<Node> nodes) {

  private static final String BETWEEN = ",";

  public Target {
    nodes = List.copyOf(nodes);
  }

  /// The server at `address`, of which scheme, host and port count.
  ///
  /// @throws IllegalArgumentException if that is no `http` address
  public static Target of(URI address) {
    return of(List.of(address));
  }

  /// The servers at `addresses`.
  ///
  /// @throws IllegalArgumentException if one is no `http` address, or is there twice
  public static Target of(List<URI> addresses) {
    Set<Node> known = new HashSet<>();
    for (URI address : addresses) {
      if (!known.add(Node.of(address))) {
        throw new IllegalArgumentException("'%s' is there twice".formatted(address));
      }
    }
    return new Target(addresses.stream().map(Node::of).toList());
  }

  /// What [#toString] made.
  public static Target parse(String text) {
    return of(Arrays.stream(text.split(BETWEEN, -1)).map(URI::create).toList());
  }

  /// The one that is updated.
  public Node first() {
    return nodes.getFirst();
  }

  /// Where to connect to, for each node.
  ///
  /// @throws IOException if one cannot be reached; the message says which and why
  List<InetSocketAddress> reach() throws IOException {
    var places = new ArrayList<InetSocketAddress>();
    for (Node node : nodes) {
      places.add(node.address().reach());
    }
    return places;
  }

  /// The addresses, with commas between.
  @Override
  public String toString() {
    return nodes.stream().map(Node::toString).collect(joining(BETWEEN));
  }
}
