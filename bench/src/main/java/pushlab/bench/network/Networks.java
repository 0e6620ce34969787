package pushlab.bench.network;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import pushlab.report.result.NamedNetworks;
import pushlab.report.result.Network;

/// The networks that have a name, and how a user writes a network.
public final class Networks {

  private Networks() {}

  /// The named networks, from the nearest to the farthest.
  public static List<Network> named() {
    return NamedNetworks.all();
  }

  /// The network that `text` names, or describes as in `rtt=80ms,loss=1%,rate=5mbit,jitter=10ms`.
  /// The parts of a description may have any order and may be absent: without them there is no
  /// delay, no loss, no limit and no jitter.
  ///
  /// @throws IllegalArgumentException if `text` is neither; the message is one line that says what
  ///     is wrong and what is possible
  public static Network parse(String text) {
    List<Network> all = list(text);
    if (all.size() != 1) {
      throw new IllegalArgumentException("'%s' is not one network".formatted(text));
    }
    return all.getFirst();
  }

  /// The networks in a list with commas. Parts of a description that follow each other are one
  /// network: `4g,rtt=80ms,loss=1%` is the network `4g` and one other.
  ///
  /// @throws IllegalArgumentException as [#parse], or if a network occurs twice
  public static List<Network> list(String text) {
    return list(List.of(text));
  }

  /// The networks of several such lists. A description does not go on in the next list, so two
  /// described networks are two lists.
  ///
  /// @throws IllegalArgumentException as [#parse], or if a network occurs twice
  public static List<Network> list(List<String> texts) {
    var all = new ArrayList<Network>();
    for (String text : texts) {
      var parts = new ArrayList<String>();
      for (String item : text.split(",", -1)) {
        String word = item.strip().toLowerCase(Locale.ROOT);
        if (word.contains("=")) {
          parts.add(word);
        } else {
          describe(parts).ifPresent(network -> add(all, network));
          add(all, ofName(word));
        }
      }
      describe(parts).ifPresent(network -> add(all, network));
    }
    return List.copyOf(all);
  }

  private static void add(List<Network> all, Network network) {
    if (all.stream().anyMatch(other -> other.name().equals(network.name()))) {
      throw new IllegalArgumentException(
          "the network '%s' is given twice".formatted(network.name()));
    }
    all.add(network);
  }

  private static Network ofName(String name) {
    return NamedNetworks.find(name).orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  private static String unknown(String name) {
    return "there is no network '%s'; there are %s, or rtt=80ms,loss=1%%,rate=5mbit,jitter=10ms"
        .formatted(name, named().stream().map(Network::name).collect(joining(", ")));
  }

  /// The network of these parts, which are used up; empty if there are none.
  private static Optional<Network> describe(List<String> parts) {
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    var description = new Description();
    parts.forEach(description::take);
    parts.clear();
    Network described = description.network();
    // A description of a named network is that network.
    return Stream.concat(
            named().stream().filter(named -> isSame(named, described)), Stream.of(described))
        .findFirst();
  }

  private static boolean isSame(Network named, Network described) {
    return !named.isLoopback()
        && new Network(
                described.name(),
                named.roundTripMillis(),
                named.jitterMillis(),
                named.loss(),
                named.megabitsPerSecond())
            .equals(described);
  }
}
