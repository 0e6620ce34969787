package pushlab.report.judge;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Noise;
import pushlab.report.result.Repeat;
import pushlab.report.result.Run;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// The quality of a run.
///
/// @param grade what the run may be used for
/// @param reasons why it is not better, one clause each; empty if it is good
public record RunQuality(Grade grade, List<Phrase> reasons) {

  /// From the best to the worst.
  public enum Grade {
    /// Nothing disturbed it.
    GOOD,
    /// It is unfinished, or was partly disturbed: the reasons are shown with its verdicts.
    USABLE,
    /// Too much was disturbed, or too little was measured: no transport is called best.
    NOT_PUBLISHABLE;

    /// Its name in JSON.
    @JsonValue
    public String title() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// Its name in keys of texts.
    public String id() {
      return title().replace(' ', '-');
    }
  }

  /// From these values on a repeat was disturbed: shares of all cores' time, and the time of the
  /// fixed piece of work relative to its best time.
  private static final double OTHERS = 0.10;

  private static final double STOLEN = 0.02;
  private static final double SLOWER = 1.25;

  /// From this share of disturbed repeats on, a run is not publishable.
  private static final double TOO_MANY = 0.25;

  public static RunQuality of(@Nullable Run run, List<Cell> cells) {
    List<Repeat> repeats = cells.stream().flatMap(cell -> cell.repeats().stream()).toList();
    var reasons = new ArrayList<Phrase>();
    Grade grade = Grade.GOOD;
    if (run == null || !run.finished()) {
      reasons.add(Phrase.of("quality.unfinished"));
      grade = Grade.USABLE;
    }
    double best =
        repeats.stream()
            .mapToDouble(repeat -> repeat.noise().spinMicrosBefore())
            .min()
            .orElse(Double.NaN);
    int disturbed = 0;
    for (Disturbance disturbance : disturbances(best)) {
      long count = repeats.stream().filter(disturbance.is()).count();
      if (count > 0) {
        reasons.add(Phrase.of("quality.repeats", disturbance.what(), count, repeats.size()));
        grade = Grade.USABLE;
      }
    }
    for (Repeat repeat : repeats) {
      disturbed += disturbances(best).stream().anyMatch(it -> it.is().test(repeat)) ? 1 : 0;
    }
    if (disturbed > TOO_MANY * repeats.size()) {
      grade = Grade.NOT_PUBLISHABLE;
    }
    if (cells.stream().anyMatch(cell -> cell.repeats().size() == 1)) {
      reasons.add(Phrase.of("quality.one-repeat"));
      grade = Grade.NOT_PUBLISHABLE;
    }
    return new RunQuality(grade, reasons);
  }

  private record Disturbance(Phrase what, Predicate<Repeat> is) {}

  private static List<Disturbance> disturbances(double best) {
    return List.of(
        new Disturbance(
            Phrase.of("quality.others", Phrase.number(OTHERS, Text::percent)),
            repeat -> above(repeat.noise().otherShare(), OTHERS)),
        new Disturbance(
            Phrase.of("quality.stolen", Phrase.number(STOLEN, Text::percent)),
            repeat -> repeat.noise().stolenShare() > STOLEN),
        new Disturbance(
            Phrase.of("quality.slower", Phrase.number(SLOWER - 1, Text::percent)),
            repeat -> slowest(repeat.noise()) > SLOWER * best));
  }

  /// Only before and after: meanwhile the server and the instrument want the cores too.
  private static double slowest(Noise noise) {
    return Math.max(noise.spinMicrosBefore(), noise.spinMicrosAfter());
  }

  private static boolean above(@Nullable Double share, double most) {
    return share != null && share > most;
  }
}
