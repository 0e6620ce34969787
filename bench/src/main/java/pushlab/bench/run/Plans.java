package pushlab.bench.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;
import pushlab.report.result.Transport.Asking;

/// The named plans, and the cells of a plan.
public final class Plans {

  /// No update period of a named plan divides it. Otherwise short polling would always ask at the
  /// same moment between two updates, and its latency would depend on that moment.
  static final Duration POLL_INTERVAL = Duration.ofMillis(970);

  private Plans() {}

  /// A first answer, in three minutes on two cores, with JMH and Gatling.
  public static Run.Plan quick(long seed) {
    return plan("quick", List.of(100, 1000), List.of(2.0), 8, 3.5, 2, 0, seed);
  }

  /// An answer to work with, in a quarter of an hour.
  public static Run.Plan standard(long seed) {
    return plan("standard", List.of(10, 100, 1000), List.of(0.5, 2.0, 20.0), 20, 5, 3, 50, seed);
  }

  /// An answer to publish, in an hour.
  public static Run.Plan full(long seed) {
    return plan(
        "full", List.of(10, 100, 1000, 5000), List.of(0.2, 2.0, 20.0), 30, 10, 5, 150, seed);
  }

  /// All cells of `plan`, without any repeat.
  static List<Cell> cells(Run.Plan plan) {
    var cells = new ArrayList<Cell>();
    for (Transport transport : plan.transports()) {
      for (@Nullable Long interval : pollIntervals(plan, transport)) {
        for (int clients : plan.clients()) {
          for (double rate : plan.updatesPerSecond()) {
            for (int tasks : plan.tasks()) {
              for (int payload : plan.payloads()) {
                cells.add(Cell.of(plan, transport, clients, rate, interval, tasks, payload));
              }
            }
          }
        }
      }
    }
    return cells;
  }

  /// The poll intervals of the plan in milliseconds, or a single null for a transport that has
  /// none.
  static List<@Nullable Long> pollIntervals(Run.Plan plan, Transport transport) {
    return transport.asking() == Asking.AT_INTERVALS
        ? new ArrayList<>(plan.pollIntervalsMillis())
        : Collections.singletonList(null);
  }

  /// A number of seconds as plans have them, to the millisecond.
  static Duration seconds(double seconds) {
    return Duration.ofMillis((long) (1000 * seconds));
  }

  private static Run.Plan plan(
      String name,
      List<Integer> clients,
      List<Double> updatesPerSecond,
      double warmUpSeconds,
      double seconds,
      int repeats,
      double idleSeconds,
      long seed) {
    return new Run.Plan(
        name,
        Stream.of(Transport.values()).filter(Transport::isStandard).toList(),
        clients,
        updatesPerSecond,
        List.of(POLL_INTERVAL.toMillis()),
        List.of(1),
        List.of(Cell.PAYLOAD),
        warmUpSeconds,
        seconds,
        repeats,
        idleSeconds,
        seed);
  }
}
