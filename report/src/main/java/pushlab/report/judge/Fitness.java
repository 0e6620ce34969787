package pushlab.report.judge;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.Caution.Kind;
import pushlab.report.result.Cell;
import pushlab.report.result.Idle;
import pushlab.report.result.Repeat;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// Whether the repeats of a cell can be compared, and what limits their comparison.
public final class Fitness {

  /// From this share of all cores on, the machine itself may be what was measured.
  private static final double BUSY = 0.8;

  /// From this busy share on, the waiting time for the instrument's thread or for a core
  /// dominates what is timed.
  private static final double BOTTLENECK = 0.95;

  /// From this share of the server's CPU time on its just-in-time compiler distorts it.
  private static final double COMPILED = 0.10;

  private Fitness() {}

  /// Why no verdict may rest on `cell`; empty when one may.
  public static List<Phrase> unfit(Cell cell) {
    List<Repeat> repeats = cell.repeats();
    if (sum(repeats, repeat -> repeat.deliveries().delivered()) == 0) {
      return List.of(Phrase.of("fit.nothing"));
    }
    var why = new ArrayList<Phrase>();
    add(why, sum(repeats, repeat -> repeat.faults().errors()), "fit.error");
    add(why, sum(repeats, repeat -> repeat.deliveries().missing()), "fit.missing");
    add(why, sum(repeats, repeat -> repeat.deliveries().backward()), "fit.backward");
    add(why, sum(repeats, repeat -> repeat.faults().disconnects()), "fit.disconnect");
    why.addAll(NetworkFitness.unfit(cell.network(), repeats));
    return why;
  }

  /// Why no verdict on a time may rest on these repeats; empty when one may. The counts of a
  /// saturated machine are as right as any others. A machine that other processes keep busy is not
  /// saturated by what is measured: its repeats are disturbed.
  static List<Phrase> untimed(List<Repeat> repeats) {
    var why = new ArrayList<Phrase>();
    double loop =
        repeats.stream().mapToDouble(repeat -> repeat.instrument().loopShare()).max().orElse(0);
    if (loop > BOTTLENECK) {
      why.add(Phrase.of("fit.instrument", Phrase.number(loop, Text::percent)));
    }
    double busy = repeats.stream().mapToDouble(Fitness::ownShare).max().orElse(0);
    if (busy > BOTTLENECK) {
      why.add(Phrase.of("fit.machine", Phrase.number(busy, Text::percent)));
    }
    NetworkFitness.untimed(repeats).ifPresent(why::add);
    return why;
  }

  /// Whether a verdict on `measure` may rest on `cell`.
  static boolean isFit(Measure measure, Cell cell) {
    return unfit(cell).isEmpty() && (!measure.isTimed() || untimed(cell.repeats()).isEmpty());
  }

  /// The share of the cores that the server and the instrument kept busy.
  private static double ownShare(Repeat repeat) {
    return repeat.noise().busyShare() - requireNonNullElse(repeat.noise().otherShare(), 0.0);
  }

  /// Why these figures should not be used; empty when they may be.
  public static List<Phrase> unfit(Idle idle) {
    var why = new ArrayList<Phrase>();
    add(why, idle.errors(), "fit.error");
    add(why, idle.disconnects(), "fit.disconnect");
    return why;
  }

  /// The share of the server's CPU time that its JIT compilers took; null if it is unknown.
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
  static List<Caution> cautions(List<Repeat> repeats) {
    var cautions = new ArrayList<Caution>();
    long notSent = sum(repeats, repeat -> repeat.updates().notSent());
    if (notSent > 0) {
      double due = sum(repeats, repeat -> repeat.updates().due());
      cautions.add(new Caution(Kind.NOT_SENT, notSent / due));
    }
    Double compiled = compileShare(repeats);
    if (compiled != null && compiled > COMPILED) {
      cautions.add(new Caution(Kind.COMPILED, compiled));
    }
    long connections = sum(repeats, it -> requireNonNullElse(it.connections(), 0L));
    if (connections > 0) {
      double each =
          (double) connections
              / Math.max(1, sum(repeats, repeat -> repeat.deliveries().delivered()));
      cautions.add(new Caution(Kind.CONNECTIONS, each));
    }
    long repeated = sum(repeats, repeat -> repeat.deliveries().repeated());
    if (repeated > 0) {
      cautions.add(new Caution(Kind.REPEATED, repeated));
    }
    double busy = repeats.stream().mapToDouble(Fitness::ownShare).max().orElse(0);
    if (busy >= BUSY && busy <= BOTTLENECK) {
      cautions.add(new Caution(Kind.BUSY, busy));
    }
    return cautions;
  }

  private static void add(List<Phrase> to, long count, String key) {
    if (count > 0) {
      to.add(Phrase.count(count, key));
    }
  }

  private static long sum(List<Repeat> repeats, ToLongFunction<Repeat> part) {
    return repeats.stream().mapToLong(part).sum();
  }
}
