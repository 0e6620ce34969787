package pushlab.report.judge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.RunQuality.Grade;
import pushlab.report.result.Transport;
import pushlab.report.stat.Ratio;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// One measure of one cell in two runs.
///
/// @param a null where run A does not know it; the same goes for `b`
/// @param ratio how many times what A has B has; null where one is not known, or A's is zero
@JsonPropertyOrder({"transport", "pollIntervalMillis", "workload", "measure", "outcome"})
public record Change(
    @JsonIgnore CellSummary cell,
    Measure measure,
    Outcome outcome,
    @Nullable Spread a,
    @Nullable Spread b,
    @Nullable Ratio ratio) {

  /// What became of it. Less is better in every measure.
  public enum Outcome {
    /// B parts from A, and is lower.
    BETTER,
    /// B parts from A, and is higher.
    WORSE,
    /// Chance may have put them as far apart.
    TOO_CLOSE,
    /// A cell was run once, is faulty, or belongs to a run that is not publishable.
    NO_VERDICT,
    /// One of both does not know it.
    UNKNOWN;

    /// Its name in JSON.
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Its shape, so that none is colour alone.
    public String sign() {
      return switch (this) {
        case BETTER -> "▼";
        case WORSE -> "▲";
        case TOO_CLOSE -> "≈";
        case NO_VERDICT, UNKNOWN -> "✕";
      };
    }
  }

  public static Change of(Measure measure, CellSummary a, CellSummary b, Grade worse) {
    Spread before = a.spread(measure);
    Spread after = b.spread(measure);
    if (before == null || after == null) {
      return new Change(b, measure, Outcome.UNKNOWN, before, after, null);
    }
    Outcome outcome = outcome(before, after, sound(a, worse) && sound(b, worse));
    return new Change(b, measure, outcome, before, after, after.over(before));
  }

  private static boolean sound(CellSummary cell, Grade grade) {
    return cell.repeats() > 1 && cell.unfit().isEmpty() && grade != Grade.NOT_PUBLISHABLE;
  }

  private static Outcome outcome(Spread before, Spread after, boolean sound) {
    if (!sound) {
      return Outcome.NO_VERDICT;
    }
    if (!before.partsFrom(after)) {
      return Outcome.TOO_CLOSE;
    }
    return after.value() < before.value() ? Outcome.BETTER : Outcome.WORSE;
  }

  @JsonProperty
  public Transport transport() {
    return cell.transport();
  }

  @JsonProperty
  public @Nullable Long pollIntervalMillis() {
    return cell.pollIntervalMillis();
  }

  @JsonProperty
  public Workload workload() {
    return cell.workload();
  }

  /// A's value, B's, and how many times A's that is, for a reader.
  public List<Phrase> values() {
    return List.of(value(a), value(b), ratio == null ? Phrase.of("unknown") : Phrase.of(ratio));
  }

  private Phrase value(@Nullable Spread spread) {
    if (spread == null) {
      return Phrase.of("unknown");
    }
    Phrase value = measure.phrase(spread.value());
    boolean wide = !Text.isOnePoint(spread.bounds(), measure::text);
    return wide
        ? Phrase.of("answer.aside", value, Phrase.of(spread.bounds(), measure::text))
        : value;
  }
}
