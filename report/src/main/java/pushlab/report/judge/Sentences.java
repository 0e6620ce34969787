package pushlab.report.judge;

import java.util.ArrayList;
import java.util.List;
import pushlab.report.judge.Verdict.LeftOut;
import pushlab.report.judge.Verdict.Standing;
import pushlab.report.stat.Confidence;
import pushlab.report.stat.Ratio;
import pushlab.report.text.Phrase;

/// Verdicts in words.
public final class Sentences {

  private Sentences() {}

  static Phrase of(Verdict verdict) {
    var parts = new ArrayList<Phrase>();
    parts.add(judgement(verdict));
    if (!verdict.leftOut().isEmpty()) {
      parts.add(Phrase.of("verdict.left-out", leftOut(verdict.leftOut())));
    }
    return Phrase.joined("; ", parts);
  }

  public static Phrase leftOut(List<LeftOut> leftOut) {
    return Phrase.joined(", ", leftOut.stream().map(LeftOut::label).toList());
  }

  private static Phrase judgement(Verdict verdict) {
    var standings = verdict.standings();
    return switch (verdict.outcome()) {
      case BEST -> best(verdict);
      case TOO_CLOSE -> Phrase.of("verdict.too-close", labels(verdict.tied()));
      case NOTHING_TO_COMPARE ->
          standings.isEmpty()
              ? Phrase.of("verdict.nothing")
              : Phrase.of("verdict.alone", standings.getFirst().label());
    };
  }

  private static Phrase labels(List<Standing> standings) {
    return Phrase.joined(", ", standings.stream().map(Standing::label).toList());
  }

  private static Phrase best(Verdict verdict) {
    Standing best = verdict.standings().getFirst();
    Standing second = verdict.standings().get(1);
    Ratio ratio = verdict.ratio();
    Phrase sentence =
        ratio == null
            ? Phrase.of(
                "verdict.best.none",
                best.label(),
                second.label(),
                verdict.measure().phrase(second.spread().value()))
            : Phrase.of("verdict.best", best.label(), second.label(), Phrase.of(ratio));
    return verdict.confidence() == Confidence.LIKELY
        ? Phrase.of("verdict.likely", sentence)
        : sentence;
  }
}
