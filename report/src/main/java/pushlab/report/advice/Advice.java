package pushlab.report.advice;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Workload;
import pushlab.report.result.Transport;
import pushlab.report.text.Phrase;

/// Which transport to take in a situation, or why this run cannot answer that.
///
/// @param take the transport to take; null for every state but `CHOSEN`
/// @param measured the workload of the cells behind the answer; null if there are none
/// @param reasons why
/// @param grounds which measurements support the answer, and how sure it is
@JsonPropertyOrder({"situation", "state", "take", "headline", "measured", "timesAway"})
public record Advice(
    Situation situation,
    State state,
    @Nullable Transport take,
    @Nullable Workload measured,
    List<Sentence> reasons,
    List<Sentence> grounds) {

  /// How far an answer got.
  enum State {
    /// At least one transport is ruled out.
    CHOSEN,
    /// No difference is significant and matters here.
    TOO_CLOSE,
    /// The run is not publishable.
    NOT_PUBLISHABLE,
    /// Nothing was measured that is near enough.
    OUTSIDE,
    /// Fewer than two cells can be compared.
    NOTHING_TO_COMPARE;

    /// Its name in JSON.
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// A sentence and the cells that support it.
  record Sentence(Phrase text, @JsonIgnore List<CellSummary> links) {

    /// The ids of these cells.
    @JsonProperty
    public List<String> cells() {
      return links.stream().map(CellSummary::id).toList();
    }
  }

  /// The answer in a few words.
  @JsonProperty
  public Phrase headline() {
    return take == null
        ? Phrase.of("advice." + state.id())
        : Phrase.of("advice.take", Phrase.within(take));
  }

  /// The factor between the measured workload and that of the situation, in clients or in
  /// updates.
  @JsonProperty
  public @Nullable Double timesAway() {
    return measured == null ? null : measured.timesAway(situation.workload());
  }
}
