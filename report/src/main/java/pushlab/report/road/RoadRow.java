package pushlab.report.road;

import com.fasterxml.jackson.annotation.JsonIgnore;
import pushlab.report.result.road.Aspect;
import pushlab.report.text.Phrase;

/// The place of one aspect of one proxy in the report.
///
/// @param proxy its id
/// @param name of the proxy, for a reader
public record RoadRow(String proxy, @JsonIgnore String name, Aspect aspect) {

  /// The place of `aspect` of `proxy`.
  public static RoadRow of(MeasuredProxy proxy, Aspect aspect) {
    return new RoadRow(proxy.id(), proxy.name(), aspect);
  }

  /// The id of the row in the page.
  @JsonIgnore
  public String anchor() {
    return "road-%s-%s".formatted(proxy, aspect.id());
  }

  /// What the row is about.
  @JsonIgnore
  public Phrase title() {
    return Phrase.of("colon.joined", Phrase.verbatim(name), RoadCell.title(aspect));
  }
}
