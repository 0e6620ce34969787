package pushlab.report;

import static java.util.stream.Collectors.joining;

import pushlab.report.Verdict.LeftOut;
import pushlab.report.Verdict.Standing;

/// Verdicts in words.
final class Sentences {

  private Sentences() {}

  static String of(Verdict verdict) {
    String leftOut = verdict.leftOut().stream().map(LeftOut::label).collect(joining(", "));
    return judgement(verdict) + (leftOut.isEmpty() ? "" : "; not compared: " + leftOut);
  }

  private static String judgement(Verdict verdict) {
    var standings = verdict.standings();
    return switch (verdict.outcome()) {
      case BEST -> best(verdict);
      case TOO_CLOSE -> "too close to call: " + tied(verdict);
      case ONE_REPEAT -> "one repeat: cannot tell how sure (lowest: %s)".formatted(tied(verdict));
      case NOT_PUBLISHABLE ->
          "no verdict, since the run is not publishable: " + tied(verdict) + " was lowest";
      case NOTHING_TO_COMPARE ->
          standings.isEmpty()
              ? "no verdict: no transport can be compared"
              : "no verdict: %s alone can be compared".formatted(standings.getFirst().label());
    };
  }

  private static String tied(Verdict verdict) {
    return verdict.tied().stream().map(Standing::label).collect(joining(", "));
  }

  private static String best(Verdict verdict) {
    Standing second = verdict.standings().get(1);
    Ratio ratio = verdict.ratio();
    Double chance = verdict.chance();
    return "%s is best; %s comes second with %s%s"
        .formatted(
            verdict.standings().getFirst().label(),
            second.label(),
            ratio == null
                ? verdict.measure().text(second.spread().value()) + " against none"
                : ratio.text() + " as much",
            chance == null ? "" : " (by chance: 1 in " + Text.number(Math.floor(1 / chance)) + ")");
  }
}
