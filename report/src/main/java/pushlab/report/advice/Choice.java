package pushlab.report.advice;

import static java.util.Comparator.comparingDouble;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.stat.Confidence;
import pushlab.report.stat.Ratio;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;

/// Applies the criteria of a situation, the most important first. Each criterion rules out the
/// candidates that are significantly worse than the best one, by a difference that matters. The
/// candidates that remain are good enough or too close to call.
///
/// @param left in the situation's order of preference
/// @param confidence how sure it is that those that are out are worse; if none is out, that all are
///     good enough; null if this is not even likely
/// @param undecided the candidates that more repeats could still rule out or allow
/// @param estimated whether an estimate was needed
record Choice(
    List<Candidate> left,
    List<Out> out,
    @Nullable Confidence confidence,
    Set<Candidate> undecided,
    boolean estimated) {

  /// A candidate that is ruled out, the measure that rules it out, and the best one by that
  /// measure.
  record Out(Candidate candidate, Measure by, Candidate best, Confidence confidence) {

    Advice.Sentence sentence() {
      Spread own = known(candidate, by).spread();
      Ratio ratio = own.over(known(best, by).spread());
      return new Advice.Sentence(
          Phrase.of(
              "out." + by.id(),
              candidate.phrase(),
              by.phrase(own.value()),
              ratio == null
                  ? Phrase.of("out.none", best.within())
                  : Phrase.of("out.ratio", Phrase.of(ratio), best.within())),
          cells(),
          List.of());
    }

    private List<CellSummary> cells() {
      return Stream.of(candidate, best)
          .flatMap(it -> known(it, by).cells().stream())
          .distinct()
          .toList();
    }
  }

  /// @param candidates at least one
  static Choice of(List<Criterion> criteria, List<Candidate> candidates) {
    var left = new ArrayList<>(candidates);
    var out = new ArrayList<Out>();
    var undecided = new LinkedHashSet<Candidate>();
    Confidence allowed = Confidence.SURE;
    boolean estimated = false;
    for (Criterion criterion : criteria) {
      Measure measure = criterion.measure();
      List<Candidate> known = left.stream().filter(it -> it.of(measure) != null).toList();
      if (known.isEmpty()) {
        continue;
      }
      Candidate best =
          known.stream().min(comparingDouble(it -> spread(it, measure).value())).orElseThrow();
      for (Candidate candidate : known) {
        Spread spread = spread(candidate, measure);
        estimated |= known(candidate, measure).estimated();
        Confidence confidence = criterion.rulesOut(spread, spread(best, measure));
        if (confidence != null) {
          left.remove(candidate);
          undecided.remove(candidate);
          out.add(new Out(candidate, measure, best, confidence));
        } else if (!candidate.equals(best)) {
          Confidence allows = criterion.allows(spread, spread(best, measure));
          allowed = Confidence.lesser(allowed, allows);
          if (allows == null) {
            undecided.add(candidate);
            undecided.add(best);
          }
        }
      }
    }
    Confidence least = Confidence.SURE;
    for (Out each : out) {
      least = Confidence.lesser(least, each.confidence());
    }
    undecided.retainAll(left);
    return new Choice(left, out, out.isEmpty() ? allowed : least, undecided, estimated);
  }

  private static Spread spread(Candidate candidate, Measure measure) {
    return known(candidate, measure).spread();
  }

  private static Candidate.Evidence known(Candidate candidate, Measure measure) {
    return requireNonNull(candidate.of(measure));
  }
}
