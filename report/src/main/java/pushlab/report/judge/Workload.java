package pushlab.report.judge;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Network;
import pushlab.report.text.Phrase;

/// What each transport of a comparison has to do.
///
/// @param updatesPerSecond of all tasks together
/// @param tasks the number of tasks over which the clients are spread
/// @param payload the number of characters of a status
/// @param network what lies between the server and the clients; null for loopback
public record Workload(
    int clients,
    double updatesPerSecond,
    int tasks,
    int payload,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Network network)
    implements Comparable<Workload> {

  private static final Comparator<Network> BY_NETWORK =
      Comparator.comparingDouble(Network::roundTripMillis)
          .thenComparingDouble(Network::loss)
          .thenComparing(Network::name)
          .thenComparingDouble(Network::jitterMillis)
          .thenComparing(Network::megabitsPerSecond, nullsFirst(naturalOrder()));

  public Workload {
    network = network == null || network.isLoopback() ? null : network;
  }

  /// The same over loopback.
  public Workload(int clients, double updatesPerSecond, int tasks, int payload) {
    this(clients, updatesPerSecond, tasks, payload, null);
  }

  /// What `cell` measures.
  public static Workload of(Cell cell) {
    return new Workload(
        cell.clients(), cell.updatesPerSecond(), cell.tasks(), cell.payload(), cell.network());
  }

  /// The same over `other`; null for loopback.
  public Workload over(@Nullable Network other) {
    return new Workload(clients, updatesPerSecond, tasks, payload, other);
  }

  /// Its name for a reader.
  public String title() {
    return phrase().english();
  }

  @JsonIgnore
  public Phrase phrase() {
    var parts = new ArrayList<Phrase>(List.of(clientsPhrase(), ratePhrase()));
    if (network != null) {
      parts.add(Phrase.of("network.over", Phrase.of(network)));
    }
    return Phrase.joined(", ", parts);
  }

  Phrase clientsPhrase() {
    Phrase all = Phrase.count(clients, "clients");
    return tasks == 1 ? all : Phrase.of("of", all, Phrase.count(tasks, "tasks"));
  }

  Phrase ratePhrase() {
    Phrase rate = Phrase.count(updatesPerSecond, "rate");
    return payload == Cell.PAYLOAD
        ? rate
        : Phrase.of("of", rate, Phrase.count(payload, "characters"));
  }

  /// Its network, for a reader.
  public Phrase networkPhrase() {
    return Phrase.of(network == null ? Network.LOOPBACK : network);
  }

  /// How many deliveries a second it makes at most.
  public double deliveriesPerSecond() {
    return clients * updatesPerSecond;
  }

  /// The factor between the numbers of clients, or between the update rates, of this and `other`:
  /// the greater of the two, at least 1.
  public double timesAway(Workload other) {
    return Math.max(times(clients, other.clients), times(updatesPerSecond, other.updatesPerSecond));
  }

  private static double times(double one, double other) {
    return Math.max(one / other, other / one);
  }

  /// By network first, the nearest before the others.
  @Override
  public int compareTo(Workload other) {
    return Comparator.comparing(Workload::network, nullsFirst(BY_NETWORK))
        .thenComparingInt(Workload::clients)
        .thenComparingDouble(Workload::updatesPerSecond)
        .thenComparingInt(Workload::tasks)
        .thenComparingInt(Workload::payload)
        .compare(this, other);
  }
}
