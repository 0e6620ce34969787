package pushlab.report.judge;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Repeat;
import pushlab.report.result.Run;
import pushlab.report.text.Phrase;

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
    /// Too much was disturbed: it can answer questions, but no other run should be compared with
    // it.
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
    Disturbances disturbances = Disturbances.of(cells);
    for (Disturbances.Kind kind : disturbances.kinds()) {
      long count = repeats.stream().filter(kind.is()).count();
      if (count > 0) {
        reasons.add(Phrase.of("quality.repeats", kind.what(), count, repeats.size()));
        grade = Grade.USABLE;
      }
    }
    long disturbed = repeats.stream().filter(disturbances::disturbed).count();
    if (disturbed > TOO_MANY * repeats.size()) {
      grade = Grade.NOT_PUBLISHABLE;
    }
    return new RunQuality(grade, reasons);
  }
}
