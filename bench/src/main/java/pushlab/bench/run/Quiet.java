package pushlab.bench.run;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import pushlab.bench.host.OtherProcesses.Use;
import pushlab.bench.net.Printable;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// Looks before each round whether other processes use the machine, says which, and waits for them
/// if somebody watches who may prefer that.
final class Quiet {

  /// A report calls a repeat disturbed from this share of the machine on.
  static final double DISTURBED = 0.10;

  /// How long all waits of a run take together at most.
  static final Duration LONGEST = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration BETWEEN_KEYS = Duration.ofMillis(100);

  /// If one process does so much of what all others do, it alone is named.
  private static final double ALONE = 0.8;

  private final Supplier<List<Use>> others;
  private final boolean waits;
  private final InputStream keys;
  private final Consumer<Phrase> say;
  private Duration left = LONGEST;
  private long looked = System.nanoTime();

  /// @param others what each of the others has used since it was asked last, the busiest first
  /// @param waits whether to wait at all
  /// @param keys a byte in it ends the wait
  /// @param say receives a sentence if the machine is disturbed
  Quiet(Supplier<List<Use>> others, boolean waits, InputStream keys, Consumer<Phrase> say) {
    this.others = others;
    this.waits = waits;
    this.keys = keys;
    this.say = say;
  }

  /// Returns once others use little of the machine, once a key was pressed, or once the time to
  /// wait is over; at once if it does not wait. It looks at what others have used since it looked
  /// last, which is at least a second ago.
  ///
  /// @return how long it has waited
  Duration await() throws InterruptedException {
    Thread.sleep(Duration.ofNanos(Math.max(0, looked + LOOK.toNanos() - System.nanoTime())));
    long start = System.nanoTime();
    List<Use> uses = look();
    if (share(uses) <= DISTURBED) {
      return Duration.ZERO;
    }
    if (!waits || left.isZero()) {
      say.accept(sentence("disturbed", uses));
      return Duration.ZERO;
    }
    say.accept(sentence("waiting", uses));
    long end = start + left.toNanos();
    boolean pressed = false;
    while (!pressed && share(uses) > DISTURBED && System.nanoTime() < end) {
      pressed = isPressedWithin(LOOK);
      uses = look();
    }
    Duration waited = Duration.ofNanos(System.nanoTime() - start);
    left = pressed || waited.compareTo(left) > 0 ? Duration.ZERO : left.minus(waited);
    return waited;
  }

  private List<Use> look() {
    looked = System.nanoTime();
    return others.get();
  }

  private boolean isPressedWithin(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      if (isPressed()) {
        return true;
      }
      Thread.sleep(BETWEEN_KEYS);
    }
    return false;
  }

  private boolean isPressed() {
    try {
      int pressed = keys.available();
      return pressed > 0 && keys.skip(pressed) > 0;
    } catch (IOException _) {
      return false;
    }
  }

  private static double share(List<Use> uses) {
    return Math.min(1, uses.stream().mapToDouble(Use::share).sum());
  }

  private Phrase sentence(String key, List<Use> uses) {
    Use busiest = uses.getFirst();
    double all = share(uses);
    boolean alone = busiest.share() >= ALONE * all;
    Phrase who =
        Phrase.of(
            alone ? "progress.another" : "progress.others",
            Printable.brief(busiest.name()),
            Phrase.number(alone ? busiest.share() : all, Text::percent));
    return Phrase.of("progress." + key, who, left.toSeconds());
  }
}
