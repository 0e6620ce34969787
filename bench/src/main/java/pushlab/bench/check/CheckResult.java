package pushlab.bench.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.bench.check.Finding.Outcome;
import pushlab.bench.text.Texts;
import pushlab.report.result.ResultsFolder;
import pushlab.report.text.Phrase;

/// The result of a check.
///
/// @param direct the server's own address, if that was asked too; otherwise null
/// @param remarks other observations, such as the name of a proxy
public record CheckResult(
    URI address, @Nullable URI direct, Instant at, List<Finding> findings, List<String> remarks) {

  /// Whether the server kept every required rule that was tested. What the road breaks is not the
  /// server's.
  @JsonProperty(index = 0)
  public boolean right() {
    return count(Outcome.FAIL) == 0;
  }

  /// The same; if `strict`, recommended rules and the road count too.
  public boolean passes(boolean strict) {
    return right() && !(strict && count(Outcome.WEAK) + count(Outcome.ROAD) > 0);
  }

  /// How many rules have this outcome.
  public long count(Outcome outcome) {
    return findings.stream().filter(finding -> finding.outcome() == outcome).count();
  }

  /// A summary in one line.
  public Phrase summary() {
    Phrase counts =
        language ->
            Stream.of(Outcome.values())
                .filter(outcome -> count(outcome) > 0)
                .map(outcome -> count(outcome) + " " + outcome.phrase().in(language))
                .collect(Collectors.joining(", "));
    String right = isReached() ? "check.right" : "check.not-reached";
    return Texts.of(right() ? right : "check.not-right", counts);
  }

  /// Whether the road let the requests through that every other rule needs, or the server's own
  /// address was asked too.
  private boolean isReached() {
    String basics = findings.getFirst().group();
    return direct != null
        || findings.stream()
            .filter(finding -> finding.group().equals(basics))
            .noneMatch(finding -> finding.outcome() == Outcome.ROAD);
  }

  /// The result as JSON.
  ///
  /// @throws IOException never
  public String json() throws IOException {
    return ResultsFolder.json().writeValueAsString(this) + "\n";
  }
}
