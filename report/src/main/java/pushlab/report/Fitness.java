package pushlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell.Repeat;

/// Whether a cell's repeats can be compared, and what to keep in mind where they can.
final class Fitness {

  /// From this share of all cores on, the machine itself may be what was measured.
  private static final double BUSY = 0.8;

  private Fitness() {}

  /// Why no verdict may rest on these repeats; empty when one may.
  static List<String> unfit(List<Repeat> repeats) {
    if (sum(repeats, Repeat::delivered) == 0) {
      return List.of("nothing was delivered");
    }
    var why = new ArrayList<String>();
    add(why, sum(repeats, Repeat::errors), "error");
    add(why, sum(repeats, Repeat::missing), "missing delivery", "missing deliveries");
    add(why, sum(repeats, Repeat::backward), "backward version");
    return why;
  }

  /// What a reader should know before trusting these repeats.
  static List<String> cautions(List<Repeat> repeats, @Nullable Integer cores) {
    var cautions = new ArrayList<String>();
    long notSent = sum(repeats, Repeat::updatesNotSent);
    if (notSent > 0) {
      cautions.add(
          "%s of %s updates could not be sent in time"
              .formatted(Text.count(notSent), Text.count(sum(repeats, Repeat::updatesDue))));
    }
    add(cautions, sum(repeats, Repeat::repeated), "version came again", "versions came again");
    add(
        cautions,
        sum(repeats, Repeat::disconnects),
        "connection ended by the server",
        "connections ended by the server");
    double busy = cores == null ? 0 : busy(repeats) / cores;
    if (busy >= BUSY) {
      cautions.add(
          "server and instrument kept %.0f %% of all cores busy: the machine may be the limit"
              .formatted(100 * busy));
    }
    return cautions;
  }

  private static double busy(List<Repeat> repeats) {
    double micros = 0;
    double seconds = 0;
    for (Repeat repeat : repeats) {
      Long server = repeat.serverCpuMicros();
      micros += repeat.instrumentCpuMicros() + (server == null ? 0 : server);
      seconds += repeat.seconds();
    }
    return seconds == 0 ? 0 : micros / seconds / 1_000_000;
  }

  private static void add(List<String> to, long count, String one) {
    add(to, count, one, one + "s");
  }

  private static void add(List<String> to, long count, String one, String many) {
    if (count > 0) {
      to.add(Text.count(count) + " " + (count == 1 ? one : many));
    }
  }

  private static long sum(List<Repeat> repeats, ToLongFunction<Repeat> part) {
    return repeats.stream().mapToLong(part).sum();
  }
}
