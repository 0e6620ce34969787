package pushlab.report.model;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.partitioningBy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.IdleSummary;
import pushlab.report.model.ModelFit.HeldOut;
import pushlab.report.result.Cell;
import pushlab.report.result.Transport;
import pushlab.report.result.Transport.Asking;

/// Fits every transport, and widens the bounds until nine of ten cells are inside that were held
/// out of the fit: split conformal prediction (Vovk, Gammerman, Shafer, *Algorithmic learning in a
/// random world*, 2005) with each cell held out in turn. The cells of all transports count
/// together, but for those of short polling: its delays and counts follow a clock.
final class ModelCalibration {

  private static final double NINE_OF_TEN = 0.9;

  private final Map<Transport, Map<ModelQuantity, ModelFit>> fits = new EnumMap<>(Transport.class);
  private final Map<ModelQuantity, HeldOut> heldOut = new EnumMap<>(ModelQuantity.class);

  private record Fitted(Transport transport, ModelFit fit, List<Double> scores) {}

  /// @param cells fit cells by transport
  /// @param idle of all transports
  ModelCalibration(Map<Transport, List<Cell>> cells, List<IdleSummary> idle, double holdSeconds) {
    cells.keySet().forEach(transport -> fits.put(transport, new EnumMap<>(ModelQuantity.class)));
    for (ModelQuantity quantity : ModelQuantity.values()) {
      Map<Boolean, List<Transport>> groups =
          cells.keySet().stream().collect(partitioningBy(it -> it.asking() == Asking.AT_INTERVALS));
      for (List<Transport> group : groups.values()) {
        List<Cell> all = group.stream().flatMap(it -> get(cells, it).stream()).toList();
        double noise = noise(quantity, all, holdSeconds);
        var fitted = new ArrayList<Fitted>();
        for (Transport transport : group) {
          var fitter = new ModelFitter(transport.asking(), of(transport, idle), holdSeconds);
          List<Cell> own = get(cells, transport);
          fitter
              .fit(quantity, own, noise)
              .map(fit -> new Fitted(transport, fit, fitter.heldOut(quantity, own, noise)))
              .ifPresent(fitted::add);
        }
        calibrate(quantity, fitted);
      }
    }
  }

  private static List<Cell> get(Map<Transport, List<Cell>> cells, Transport transport) {
    return requireNonNull(cells.get(transport));
  }

  /// The variance of the mean of a cell's repeats, in logarithms, by the scatter of the repeats of
  /// all these cells; 0 if none was repeated.
  private static double noise(ModelQuantity quantity, List<Cell> cells, double holdSeconds) {
    double squares = 0;
    int degrees = 0;
    int repeats = 0;
    for (Cell cell : cells) {
      double[] each =
          cell.repeats().stream()
              .map(it -> cell.with(List.of(it)))
              .map(it -> quantity.of(it, ModelLoad.of(it, holdSeconds)))
              .filter(it -> it != null && it > 0)
              .mapToDouble(Math::log)
              .toArray();
      repeats += cell.repeats().size();
      if (each.length > 1) {
        squares += StatUtils.variance(each) * (each.length - 1);
        degrees += each.length - 1;
      }
    }
    return degrees == 0 ? 0 : squares / degrees / repeats * cells.size();
  }

  private static @Nullable IdleSummary of(Transport transport, List<IdleSummary> idle) {
    return idle.stream()
        .filter(it -> it.transport() == transport && it.unfit().isEmpty())
        .findFirst()
        .orElse(null);
  }

  private void calibrate(ModelQuantity quantity, List<Fitted> group) {
    List<Double> scores = group.stream().flatMap(it -> it.scores().stream()).toList();
    double reach = reach(scores);
    int first = 0;
    for (Fitted it : group) {
      int inside = 0;
      for (int i = first; i < first + it.scores().size(); i++) {
        var others = new ArrayList<>(scores);
        double own = others.remove(i);
        inside += own <= reach(others) ? 1 : 0;
      }
      first += it.scores().size();
      var held = new HeldOut(it.scores().size(), inside);
      of(it.transport()).put(quantity, it.fit().with(reach, held));
      heldOut.merge(quantity, held, HeldOut::plus);
    }
  }

  /// How many spreads nine of ten held-out cells do not exceed: of m cells the one at the rank
  /// 0.9 (m + 1), the farthest if there are fewer than nine. It is never less than usual.
  static double reach(List<Double> scores) {
    int rank = (int) Math.ceil(NINE_OF_TEN * (scores.size() + 1));
    double own = scores.stream().sorted().limit(rank).reduce((_, last) -> last).orElse(0.0);
    return Math.max(ModelFitter.USUAL_REACH, own);
  }

  Map<ModelQuantity, ModelFit> of(Transport transport) {
    return requireNonNull(fits.get(transport));
  }

  /// Over all transports.
  Map<ModelQuantity, HeldOut> heldOut() {
    return heldOut;
  }
}
