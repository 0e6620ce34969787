package pushlab.report;

import java.util.ArrayList;
import java.util.List;
import pushlab.report.judge.Verdict;
import pushlab.report.judge.Verdict.Outcome;
import pushlab.report.result.Transport;
import pushlab.report.text.Phrase;

/// Counts how often each transport is best, in a sentence.
final class Tally {

  private Tally() {}

  static Phrase of(List<Verdict> verdicts) {
    if (verdicts.isEmpty()) {
      return Phrase.of("tally.nothing");
    }
    return Phrase.of("tally", Phrase.count(verdicts.size(), "comparisons"), counts(verdicts));
  }

  /// The counts alone.
  static Phrase counts(List<Verdict> verdicts) {
    var parts = new ArrayList<Phrase>();
    for (var transport : Transport.values()) {
      long best = verdicts.stream().filter(verdict -> verdict.best() == transport).count();
      if (best > 0) {
        parts.add(Phrase.of("tally.best", Phrase.of(transport), best));
      }
    }
    for (Outcome outcome : Outcome.values()) {
      long count = verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
      if (outcome != Outcome.BEST && count > 0) {
        parts.add(Phrase.of("tally." + outcome.id(), count));
      }
    }
    return Phrase.joined("; ", parts);
  }
}
