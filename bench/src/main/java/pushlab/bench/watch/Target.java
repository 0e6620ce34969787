package pushlab.bench.watch;

import static java.util.stream.Collectors.joining;

import java.net.InetSocketAddress;
import java.net.URI;
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
    Set<InetSocketAddress> known = new HashSet<>();
    for (URI address : addresses) {
      if (!known.add(Node.of(address).socketAddress())) {
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

  /// The addresses, with commas between.
  @Override
  public String toString() {
    return nodes.stream().map(Node::toString).collect(joining(BETWEEN));
  }
}
