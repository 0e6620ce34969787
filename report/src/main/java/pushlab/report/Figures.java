package pushlab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The figures for which a run has data.
final class Figures {

  private Figures() {}

  static List<Figure> of(Findings findings) {
    var figures = new ArrayList<Figure>();
    LatencyFigures.byPercentile(findings).ifPresent(figures::add);
    LatencyFigures.byClients(findings.cells()).ifPresent(figures::add);
    BarFigures.of(findings.cells()).forEach(figures::add);
    JmhFigures.of(findings.jmh()).forEach(figures::add);
    return figures;
  }

  /// What every figure knows of a cell.
  static Map<String, Object> datum(CellSummary cell) {
    var datum = new LinkedHashMap<String, Object>();
    datum.put("workload", cell.workload().title());
    datum.put("transport", cell.transport().title());
    datum.put("label", cell.label());
    return datum;
  }
}
