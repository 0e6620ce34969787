package pushlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Verdicts;
import pushlab.report.result.ResultsFolder;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// The distribution of delivery times, rare ones included.
final class PercentileFigure {

  private static final int POINTS_PER_DECADE = 20;
  private static final Set<Double> MARKED = Set.of(10.0, 100.0, 1000.0, 10_000.0);
  private static final double[] TABLED = {50, 90, 99, 99.9, 100};

  private PercentileFigure() {}

  static Optional<Figure> of(
      List<CellSummary> cells, Map<CellSummary, Map<String, Histogram>> histograms) {
    var data = new ArrayList<Map<String, Object>>();
    var rows = new ArrayList<List<Phrase>>();
    var workloads = new ArrayList<String>();
    for (List<CellSummary> alike : Verdicts.byWorkload(cells).values()) {
      for (CellSummary cell : alike) {
        for (var tagged : histograms.getOrDefault(cell, Map.of()).entrySet()) {
          if (tagged.getValue().getTotalCount() > 0) {
            workloads.add(cell.workload().title());
            data.addAll(curve(cell, tagged.getKey(), tagged.getValue()));
            rows.add(row(cell, tagged.getKey(), tagged.getValue()));
          }
        }
      }
    }
    return Figure.of(
        "percentiles",
        "percentiles",
        Seen.of(cells, Measure.DELIVERY_P99),
        Spec.of("percentiles", data, workloads),
        List.of("workload", "transport", "latency", "p50", "p90", "p99", "p999", "largest"),
        rows);
  }

  /// The distribution as HdrHistogram plots it: each decade on the axis is ten times rarer.
  private static List<Map<String, Object>> curve(
      CellSummary cell, String tag, Histogram histogram) {
    var points = new ArrayList<Map<String, Object>>();
    double rarest = histogram.getTotalCount();
    double rarity = 1;
    for (int i = 1; ; i++) {
      double percentile = 100 - 100 / rarity;
      Map<String, Object> point = Figures.datum(cell);
      point.put("latency", Phrase.of("word." + tag).english());
      point.put("rarity", Figures.rounded(rarity));
      point.put("marked", MARKED.contains(rarity) && tag.equals(ResultsFolder.CORRECTED));
      point.put("ms", millis((double) histogram.getValueAtPercentile(percentile)));
      points.add(point);
      if (rarity == rarest) {
        return points;
      }
      rarity = Math.min(rarest, Math.pow(10, (double) i / POINTS_PER_DECADE));
    }
  }

  private static List<Phrase> row(CellSummary cell, String tag, Histogram histogram) {
    var row =
        new ArrayList<>(List.of(cell.workload().phrase(), cell.phrase(), Phrase.of("word." + tag)));
    for (double percentile : TABLED) {
      row.add(Phrase.number(histogram.getValueAtPercentile(percentile), Text::micros));
    }
    return row;
  }

  /// At least 1 µs, the resolution of a histogram, because the scale is logarithmic.
  private static double millis(double micros) {
    return Math.max(1, micros) / 1000;
  }
}
