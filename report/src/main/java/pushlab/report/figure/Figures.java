package pushlab.report.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import pushlab.report.herd.HerdSituation;
import pushlab.report.judge.ByDelivery;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.GatlingResult;
import pushlab.report.judge.JmhScore;
import pushlab.report.judge.Workload;
import pushlab.report.text.Phrase;

/// The figures for which a run has data.
public final class Figures {

  private Figures() {}

  /// In the order in which a page shows them, without the first one.
  ///
  /// @param histograms of each cell that has whole ones, by tag
  public static List<Figure> of(
      List<CellSummary> cells,
      Map<CellSummary, Map<String, Histogram>> histograms,
      List<JmhScore> jmh,
      List<GatlingResult> gatling) {
    var figures = new ArrayList<Figure>();
    PercentileFigure.of(cells, histograms).ifPresent(figures::add);
    LineFigures.of(cells).forEach(figures::add);
    BarFigures.of(cells).forEach(figures::add);
    JmhFigures.of(jmh).forEach(figures::add);
    GatlingFigures.of(gatling).forEach(figures::add);
    return figures;
  }

  /// The figure beside the answers: how much the transports differ. Empty if nothing was delivered.
  public static Optional<Figure> first(List<CellSummary> cells) {
    return DifferenceFigure.of(cells);
  }

  /// What the transports cost by delivery, against the number of clients.
  public static List<Figure> byDelivery(List<ByDelivery> all) {
    return ByDeliveryFigures.of(all).toList();
  }

  /// Delivery times of a run with several networks against the round trip.
  ///
  /// @param lead the workload that is shown at first
  public static Optional<Figure> networks(List<CellSummary> cells, Workload lead) {
    return LineFigures.byRoundTrip(cells, lead);
  }

  /// How herds came back.
  public static List<Figure> herds(List<HerdSituation> situations) {
    return Stream.concat(HerdFigures.of(situations), ArrivalsFigure.of(situations).stream())
        .toList();
  }

  /// Four significant digits are enough for a drawing and keep the page small.
  static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }

  /// The fields that the data of each figure has for a cell.
  static Map<String, Object> datum(CellSummary cell) {
    var datum = new LinkedHashMap<String, Object>();
    datum.put("workload", cell.workload().title());
    datum.put("transport", Phrase.of(cell.transport()).english());
    datum.put("label", cell.label());
    return datum;
  }
}
