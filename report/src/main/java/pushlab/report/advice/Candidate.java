package pushlab.report.advice;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Workload;
import pushlab.report.model.Model;
import pushlab.report.result.Transport;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;

/// A transport that can be taken in a situation, and what is known about it there.
///
/// @param phrase its name for a reader
/// @param within the name within a sentence
/// @param evidence by measure; a measure that is neither measured nor estimated is absent
record Candidate(
    Transport transport, Phrase phrase, Phrase within, Map<Measure, Evidence> evidence) {

  /// What is known about one measure.
  ///
  /// @param estimated whether the model estimates it
  /// @param cells that it comes from
  record Evidence(Spread spread, boolean estimated, List<CellSummary> cells) {}

  /// One whose workload was measured.
  static Candidate measured(CellSummary cell) {
    var evidence = new EnumMap<Measure, Evidence>(Measure.class);
    for (Measure measure : Measure.values()) {
      Spread spread = cell.comparable(measure);
      if (spread != null) {
        evidence.put(measure, new Evidence(spread, false, List.of(cell)));
      }
    }
    return new Candidate(cell.transport(), cell.phrase(), cell.within(), evidence);
  }

  /// One whose workload was measured over loopback, with what `model` says that the network of
  /// `workload` adds.
  static Candidate moved(CellSummary cell, Workload workload, Model model) {
    var evidence = new EnumMap<Measure, Evidence>(Measure.class);
    for (Measure measure : Measure.values()) {
      Spread near = cell.comparable(measure);
      if (near != null) {
        model
            .addedMicros(cell.transport(), cell.pollIntervalMillis(), workload, measure)
            .map(near::plus)
            .ifPresent(far -> evidence.put(measure, new Evidence(far, true, List.of(cell))));
      }
    }
    return new Candidate(cell.transport(), cell.phrase(), cell.within(), evidence);
  }

  @Nullable Evidence of(Measure measure) {
    return evidence.get(measure);
  }
}
