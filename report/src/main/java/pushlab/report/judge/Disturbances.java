package pushlab.report.judge;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Noise;
import pushlab.report.result.Repeat;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// Which repeats of a run something else on the machine disturbed.
final class Disturbances {

  /// A kind of disturbance.
  ///
  /// @param what for a reader
  record Kind(Phrase what, Predicate<Repeat> is) {}

  /// From these values on a repeat was disturbed: shares of all cores' time, and the time of the
  /// fixed piece of work relative to its best time.
  private static final double OTHERS = 0.10;

  private static final double STOLEN = 0.02;
  private static final double SLOWER = 1.25;

  private final double bestSpin;

  private Disturbances(double bestSpin) {
    this.bestSpin = bestSpin;
  }

  /// @param cells all cells of the run
  static Disturbances of(List<Cell> cells) {
    return new Disturbances(
        cells.stream()
            .flatMap(cell -> cell.repeats().stream())
            .mapToDouble(repeat -> repeat.noise().spinMicrosBefore())
            .min()
            .orElse(Double.NaN));
  }

  List<Kind> kinds() {
    return List.of(
        new Kind(
            Phrase.of("quality.others", Phrase.number(OTHERS, Text::percent)),
            repeat -> above(repeat.noise().otherShare(), OTHERS)),
        new Kind(
            Phrase.of("quality.stolen", Phrase.number(STOLEN, Text::percent)),
            repeat -> repeat.noise().stolenShare() > STOLEN),
        new Kind(
            Phrase.of("quality.slower", Phrase.number(SLOWER - 1, Text::percent)),
            repeat -> slowest(repeat.noise()) > SLOWER * bestSpin));
  }

  boolean disturbed(Repeat repeat) {
    return kinds().stream().anyMatch(kind -> kind.is().test(repeat));
  }

  /// Only before and after: meanwhile the server and the instrument want the cores too.
  private static double slowest(Noise noise) {
    return Math.max(noise.spinMicrosBefore(), noise.spinMicrosAfter());
  }

  private static boolean above(@Nullable Double share, double most) {
    return share != null && share > most;
  }
}
