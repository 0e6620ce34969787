package pushlab.report.judge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Delivery;
import pushlab.report.result.Transport;
import pushlab.report.stat.Confidence;
import pushlab.report.stat.Ratio;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;

/// Which transport is best by one measure for one workload, or why that is unknown.
///
/// @param confidence how sure it is that each of the others is higher; null if there is no best
/// @param ratio of the second to the best; null if there is no best, or if the best has a value
///     of zero
/// @param standings the cells that were compared, the lowest first
/// @param leftOut the cells that could not be compared
@JsonPropertyOrder({
  "workload",
  "measure",
  "outcome",
  "confidence",
  "ratio",
  "standings",
  "leftOut",
  "cells",
  "best",
  "sentence",
  "tooClose"
})
public record Verdict(
    Workload workload,
    Measure measure,
    Outcome outcome,
    @Nullable Confidence confidence,
    @Nullable Ratio ratio,
    List<Standing> standings,
    List<LeftOut> leftOut) {

  /// How a comparison ended.
  public enum Outcome {
    /// One cell is significantly lower than each of the others.
    BEST,
    /// The lowest cell does not differ significantly from each of the others.
    TOO_CLOSE,
    /// Fewer than two cells can be compared.
    NOTHING_TO_COMPARE;

    /// Its name in JSON.
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// A cell that was compared.
  ///
  /// @param delivery how subscribers of our server waited; null if that makes no difference or is
  ///     unknown
  public record Standing(
      String cell,
      Transport transport,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Delivery delivery,
      Phrase label,
      Spread spread) {}

  /// A cell that could not be compared, and why.
  public record LeftOut(String cell, Transport transport, Phrase label, Phrase why) {}

  /// The transport that is best, or null for every outcome but `BEST`.
  @JsonProperty
  public @Nullable Transport best() {
    return outcome == Outcome.BEST ? standings.getFirst().transport() : null;
  }

  /// The transports that are too close to call, the lowest first; empty for every outcome but
  /// `TOO_CLOSE`.
  @JsonProperty
  public List<Transport> tooClose() {
    return outcome == Outcome.TOO_CLOSE
        ? tied().stream().map(Standing::transport).toList()
        : List.of();
  }

  /// The ids of the cells that it rests on.
  @JsonProperty
  public List<String> cells() {
    return standings.stream().map(Standing::cell).toList();
  }

  /// The verdict as a sentence.
  @JsonProperty
  public Phrase sentence() {
    return Sentences.of(this);
  }

  /// The lowest cell and all cells that do not differ significantly from it.
  public List<Standing> tied() {
    return standings.stream()
        .filter(standing -> standing.spread().differsFrom(standings.getFirst().spread()) == null)
        .toList();
  }
}
