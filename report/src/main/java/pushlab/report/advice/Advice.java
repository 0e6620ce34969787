package pushlab.report.advice;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.CellSummary;
import pushlab.report.result.Transport;
import pushlab.report.road.RoadRow;
import pushlab.report.stat.Confidence;
import pushlab.report.text.Phrase;

/// Which transport to take in a situation, or why this run cannot answer that.
///
/// @param certainty where the answer comes from
/// @param confidence how sure it is that the transports that are ruled out are worse, or that all
///     are good enough; null if this run cannot tell
/// @param take the transport to take; null if this run cannot tell
/// @param left the other transports that are as good, or too close to call
/// @param setup how to set it up behind what stands between; null if there is nothing to set
/// @param omitted the transports that were not compared, because too little is known of them
/// @param reasons why
/// @param grounds which measurements support the answer, and how sure it is
@JsonPropertyOrder({
  "situation",
  "certainty",
  "confidence",
  "take",
  "setup",
  "headline",
  "how",
  "left",
  "omitted"
})
public record Advice(
    Situation situation,
    Certainty certainty,
    @Nullable Confidence confidence,
    @Nullable Transport take,
    @Nullable Phrase setup,
    List<Transport> left,
    List<Transport> omitted,
    List<Sentence> reasons,
    List<Sentence> grounds) {

  /// A sentence and what supports it.
  ///
  /// @param links cells
  /// @param rows what was measured of proxies
  public record Sentence(
      Phrase text,
      @JsonIgnore List<CellSummary> links,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RoadRow> rows) {

    /// The ids of these cells.
    @JsonProperty
    public List<String> cells() {
      return links.stream().map(CellSummary::id).toList();
    }
  }

  /// The question.
  @JsonIgnore
  public Phrase title() {
    return situation.title();
  }

  /// The question in a word.
  @JsonIgnore
  public Phrase brief() {
    return situation.brief();
  }

  /// The answer in a few words, for example `Take long polling, hold 20 s: yours cuts at 30 s`.
  @JsonProperty
  public Phrase headline() {
    if (take == null) {
      return Phrase.of("advice.cannot-tell");
    }
    Phrase taken = Phrase.of("advice.take", Phrase.within(take));
    return setup == null ? taken : Phrase.joined(", ", List.of(taken, setup));
  }

  /// How sure the answer is, for example `measured; sure: wrong less than once in 1,000`.
  @JsonProperty
  public Phrase how() {
    var parts = new ArrayList<Phrase>();
    parts.add(Phrase.of("certainty." + certainty.id()));
    if (confidence != null) {
      parts.add(Phrase.of("confidence." + confidence.id()));
    }
    return Phrase.joined("; ", parts);
  }

  /// The transports that are as good or too close to call and those that were not compared, for a
  /// reader; null if there are none.
  @JsonIgnore
  public @Nullable Phrase alternatives() {
    var parts = new ArrayList<Phrase>();
    if (!left.isEmpty()) {
      parts.add(Phrase.of("advice.or", names(left)));
    }
    if (!omitted.isEmpty()) {
      parts.add(Phrase.of("advice.omitted", names(omitted)));
    }
    return take == null || parts.isEmpty() ? null : Phrase.joined("; ", parts);
  }

  private static Phrase names(List<Transport> transports) {
    return Phrase.joined(", ", transports.stream().map(Phrase::within).toList());
  }

  /// The question and its answer in one line.
  @JsonIgnore
  public Phrase line() {
    Phrase alternatives = alternatives();
    Phrase answer =
        alternatives == null ? headline() : Phrase.of("answer.aside", headline(), alternatives);
    return Phrase.of("advice.line", situation.title(), answer, how());
  }
}
