package pushlab.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The figures for which a run has data.
final class Figures {

  private Figures() {}

  static List<Figure> of(Findings findings) {
    var figures = new ArrayList<Figure>();
    PercentileFigure.of(findings).ifPresent(figures::add);
    LineFigures.of(findings.cells()).forEach(figures::add);
    BarFigures.of(findings.cells()).forEach(figures::add);
    JmhFigures.of(findings.jmh()).forEach(figures::add);
    GatlingFigures.of(findings.gatling()).forEach(figures::add);
    return figures;
  }

  /// Four digits: enough for a drawing, and the page stays small.
  static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }

  /// What every figure knows of a cell.
  static Map<String, Object> datum(CellSummary cell) {
    var datum = new LinkedHashMap<String, Object>();
    datum.put("workload", cell.workload().title());
    datum.put("transport", Phrase.of(cell.transport()).english());
    datum.put("label", cell.label());
    return datum;
  }
}
