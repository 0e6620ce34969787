package pushlab.report.judge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.RunQuality.Grade;
import pushlab.report.result.Delivery;
import pushlab.report.result.Transport;
import pushlab.report.stat.Confidence;
import pushlab.report.stat.Ratio;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// One measure of one cell in two runs.
///
/// @param a null if run A does not know it
/// @param b null if run B does not know it
/// @param ratio of B to A; null if one is unknown, or if A is zero
@JsonPropertyOrder({
  "transport",
  "pollIntervalMillis",
  "delivery",
  "workload",
  "measure",
  "outcome"
})
public record Change(
    @JsonIgnore CellSummary cell,
    Measure measure,
    Outcome outcome,
    @Nullable Spread a,
    @Nullable Spread b,
    @Nullable Ratio ratio) {

  /// How B compares with A. Lower is better for every measure.
  public enum Outcome {
    /// B is significantly lower than A.
    BETTER,
    /// B is significantly higher than A.
    WORSE,
    /// The difference is not significant.
    TOO_CLOSE,
    /// A cell is unfit for a verdict, or belongs to a run that is not publishable.
    NO_VERDICT,
    /// One of the two runs does not know it.
    UNKNOWN;

    /// Its name in JSON.
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// A symbol for the outcome, so that it is not shown by color alone.
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
    Outcome outcome =
        outcome(
            before,
            after,
            worse != Grade.NOT_PUBLISHABLE && sound(a, measure) && sound(b, measure));
    return new Change(b, measure, outcome, before, after, after.over(before));
  }

  private static boolean sound(CellSummary cell, Measure measure) {
    return cell.unfit(measure).isEmpty();
  }

  private static Outcome outcome(Spread before, Spread after, boolean sound) {
    if (!sound) {
      return Outcome.NO_VERDICT;
    }
    if (before.differsFrom(after) != Confidence.SURE) {
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

  /// How subscribers of our server waited; null if that makes no difference or is unknown.
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public @Nullable Delivery delivery() {
    return cell.delivery();
  }

  @JsonProperty
  public Workload workload() {
    return cell.workload();
  }

  /// A's value, B's value, and their ratio.
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
