package pushlab.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// How long deliveries took.
final class LatencyFigures {

  private static final int POINTS_PER_DECADE = 20;
  private static final double[] TABLED = {50, 90, 99, 99.9, 100};

  private LatencyFigures() {}

  static Optional<Figure> byPercentile(Findings findings) {
    var data = new ArrayList<Map<String, Object>>();
    var rows = new ArrayList<List<String>>();
    var workloads = new ArrayList<String>();
    for (List<CellSummary> cells : Verdicts.byWorkload(findings.cells()).values()) {
      for (CellSummary cell : cells) {
        for (var tagged : findings.histograms().getOrDefault(cell, Map.of()).entrySet()) {
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
        "Latency by percentile",
        "Dashed (raw): of each delivery, since its update was sent. Solid (corrected): of each"
            + " update and client, from the moment at which the schedule wanted it sent until the"
            + " client held it or a later one. Further right is rarer; lower is better.",
        Spec.of("percentiles", data, workloads),
        List.of("Workload", "Transport", "Latency", "50 %", "90 %", "99 %", "99.9 %", "Largest"),
        rows);
  }

  static Optional<Figure> byClients(List<CellSummary> cells) {
    var data = new ArrayList<Map<String, Object>>();
    var rows = new ArrayList<List<String>>();
    var rates = new ArrayList<String>();
    for (CellSummary cell : cells) {
      Spread median = cell.spread(Measure.DELIVERY_MEDIAN);
      Spread p99 = cell.spread(Measure.DELIVERY_P99);
      if (median != null && p99 != null) {
        String rate = Text.count(cell.updatesPerSecond(), "update") + " a second";
        rates.add(rate);
        data.add(point(cell, rate, "median", median));
        data.add(point(cell, rate, "99th percentile", p99));
        rows.add(
            List.of(
                rate,
                Text.count(cell.clients()),
                cell.label(),
                Measure.DELIVERY_MEDIAN.text(median.value()),
                Measure.DELIVERY_P99.text(p99.value())));
      }
    }
    return Figure.of(
        "clients",
        "Latency against clients",
        "Corrected delivery time as clients grow in number. Solid: the median; dashed: the 99th"
            + " percentile; upright lines: the 95 % interval. Lower is better.",
        Spec.of("clients", data, rates),
        List.of("Updates", "Clients", "Transport", "Median", "99th percentile"),
        rows);
  }

  /// The distribution as HdrHistogram plots it: each decade to the right is ten times rarer.
  private static List<Map<String, Object>> curve(
      CellSummary cell, String tag, Histogram histogram) {
    var points = new ArrayList<Map<String, Object>>();
    double rarest = histogram.getTotalCount();
    double rarity = 1;
    for (int i = 1; ; i++) {
      double percentile = 100 - 100 / rarity;
      Map<String, Object> point = Figures.datum(cell);
      point.put("latency", tag);
      point.put("rarity", rounded(rarity));
      point.put("ms", millis((double) histogram.getValueAtPercentile(percentile)));
      points.add(point);
      if (rarity == rarest) {
        return points;
      }
      rarity = Math.min(rarest, Math.pow(10, (double) i / POINTS_PER_DECADE));
    }
  }

  private static List<String> row(CellSummary cell, String tag, Histogram histogram) {
    var row = new ArrayList<>(List.of(cell.workload().title(), cell.label(), tag));
    for (double percentile : TABLED) {
      row.add(Text.micros(histogram.getValueAtPercentile(percentile)));
    }
    return row;
  }

  private static Map<String, Object> point(
      CellSummary cell, String rate, String percentile, Spread spread) {
    Map<String, Object> point = Figures.datum(cell);
    point.put("rate", rate);
    point.put("clients", cell.clients());
    point.put("percentile", percentile);
    point.put("ms", millis(spread.value()));
    point.put("low", millis(spread.bounds().low()));
    point.put("high", millis(spread.bounds().high()));
    return point;
  }

  /// Four digits: enough for a drawing, and the page stays small.
  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }

  /// Never zero: the scale is logarithmic, and a microsecond is as finely as a histogram counts.
  private static double millis(double micros) {
    return Math.max(1, micros) / 1000;
  }
}
