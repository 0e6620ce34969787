package pushlab.report.judge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Comparator;
import java.util.List;
import pushlab.report.result.Cell;
import pushlab.report.text.Phrase;

/// What each transport of a comparison has to do.
///
/// @param updatesPerSecond of all tasks together
/// @param tasks the number of tasks over which the clients are spread
/// @param payload the number of characters of a status
public record Workload(int clients, double updatesPerSecond, int tasks, int payload)
    implements Comparable<Workload> {

  /// Its name for a reader.
  public String title() {
    return phrase().english();
  }

  @JsonIgnore
  public Phrase phrase() {
    return Phrase.joined(", ", List.of(clientsPhrase(), ratePhrase()));
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

  @Override
  public int compareTo(Workload other) {
    return Comparator.comparingInt(Workload::clients)
        .thenComparingDouble(Workload::updatesPerSecond)
        .thenComparingInt(Workload::tasks)
        .thenComparingInt(Workload::payload)
        .compare(this, other);
  }
}
