package pushlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell.Repeat;
import pushlab.report.result.Idle;

/// Whether a cell's repeats can be compared, and what to keep in mind where they can.
final class Fitness {

  /// From this share of all cores on, the machine itself may be what was measured.
  private static final double BUSY = 0.8;

  /// From here on whoever waits for the instrument's thread, or for a core, is what is timed.
  private static final double BOTTLENECK = 0.95;

  /// From this share of the server's CPU time on its just-in-time compiler distorts it.
  private static final double COMPILED = 0.10;

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
    add(
        why,
        sum(repeats, Repeat::disconnects),
        "connection ended by the server",
        "connections ended by the server");
    double loop = repeats.stream().mapToDouble(Repeat::instrumentLoopShare).max().orElse(0);
    if (loop > BOTTLENECK) {
      why.add(
          "the instrument was the bottleneck: its thread was busy %.0f %% of the time"
              .formatted(100 * loop));
    }
    double busy = repeats.stream().mapToDouble(it -> it.noise().busyShare()).max().orElse(0);
    if (busy > BOTTLENECK) {
      why.add(
          "the machine was the bottleneck: its cores were busy %.0f %% of the time"
              .formatted(100 * busy));
    }
    return why;
  }

  /// Why these figures should not be used; empty when they may be.
  static List<String> unfit(Idle idle) {
    var why = new ArrayList<String>();
    add(why, idle.errors(), "error");
    add(
        why,
        idle.disconnects(),
        "connection ended by the server",
        "connections ended by the server");
    return why;
  }

  /// How much of the server's CPU time its compilers worked; null where that is not known.
  static @Nullable Double compileShare(List<Repeat> repeats) {
    double compiled = 0;
    double used = 0;
    for (Repeat repeat : repeats) {
      Long compileMicros = repeat.server().compileMicros();
      Long cpuMicros = repeat.server().cpuMicros();
      if (compileMicros == null || cpuMicros == null) {
        return null;
      }
      compiled += compileMicros;
      used += cpuMicros;
    }
    return used == 0 ? null : compiled / used;
  }

  /// What a reader should know before trusting these repeats.
  static List<String> cautions(List<Repeat> repeats) {
    var cautions = new ArrayList<String>();
    long notSent = sum(repeats, Repeat::updatesNotSent);
    if (notSent > 0) {
      cautions.add(
          "%s of %s updates could not be sent in time"
              .formatted(Text.count(notSent), Text.count(sum(repeats, Repeat::updatesDue))));
    }
    Double compiled = compileShare(repeats);
    if (compiled != null && compiled > COMPILED) {
      cautions.add(
          "the warm-up was too short: the server compiled for %.0f %% of its CPU time"
              .formatted(100 * compiled));
    }
    add(cautions, sum(repeats, Repeat::repeated), "version came again", "versions came again");
    double busy = repeats.stream().mapToDouble(it -> it.noise().busyShare()).max().orElse(0);
    if (busy >= BUSY) {
      cautions.add(
          "the cores were busy %.0f %% of the time: the machine may be the limit"
              .formatted(100 * busy));
    }
    return cautions;
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
