package pushlab.report;

import java.util.Comparator;

/// What every transport is given to do.
public record Workload(int clients, double updatesPerSecond) implements Comparable<Workload> {

  /// Its name for a reader.
  public String title() {
    return Text.count(clients, "client")
        + ", "
        + Text.count(updatesPerSecond, "update")
        + " a second";
  }

  @Override
  public int compareTo(Workload other) {
    return Comparator.comparingInt(Workload::clients)
        .thenComparingDouble(Workload::updatesPerSecond)
        .compare(this, other);
  }
}
