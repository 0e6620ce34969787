package pushlab.bench.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pushlab.bench.check.Finding.Outcome;
import pushlab.report.result.ResultsFolder;

/// What came of a check.
///
/// @param remarks what no rule is about and a reader should know, such as the name of a proxy
public record Checked(URI address, Instant at, List<Finding> findings, List<String> remarks) {

  /// Whether every required rule was kept, as far as it was tried.
  @JsonProperty(index = 0)
  public boolean right() {
    return count(Outcome.FAIL) == 0;
  }

  /// The same, and if `strict` that no recommended rule was broken either.
  public boolean passes(boolean strict) {
    return right() && !(strict && count(Outcome.WEAK) > 0);
  }

  /// How many rules came out like that.
  public long count(Outcome outcome) {
    return findings.stream().filter(finding -> finding.outcome() == outcome).count();
  }

  /// All in one line.
  public String summary() {
    return Stream.of(Outcome.values())
        .filter(outcome -> count(outcome) > 0)
        .map(outcome -> count(outcome) + " " + outcome.word())
        .collect(Collectors.joining(", ", right() ? "right: " : "NOT RIGHT: ", ""));
  }

  /// For machines.
  ///
  /// @throws IOException never, as everything in it can be written
  public String json() throws IOException {
    return ResultsFolder.json().writeValueAsString(this) + "\n";
  }
}
