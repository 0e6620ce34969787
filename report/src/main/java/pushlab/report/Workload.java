package pushlab.report;

import java.util.Comparator;
import pushlab.report.result.Cell;

/// What every transport is given to do.
///
/// @param updatesPerSecond of all tasks together
/// @param tasks how many tasks the clients are spread over
/// @param payload how many characters a status has
public record Workload(int clients, double updatesPerSecond, int tasks, int payload)
    implements Comparable<Workload> {

  /// Its name for a reader.
  public String title() {
    return Text.count(clients, "client")
        + (tasks == 1 ? "" : " of " + Text.count(tasks, "task"))
        + ", "
        + Text.count(updatesPerSecond, "update")
        + " a second"
        + (payload == Cell.PAYLOAD ? "" : " of " + Text.count(payload, "character"));
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
