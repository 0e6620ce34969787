package pushlab.report.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;

/// One quantity of one transport: the shape that theory gives, with coefficients fitted to the
/// cells, and how far cells are from it that it was not fitted to.
///
/// @param coefficients of the terms that were fitted, then of those that are known otherwise
/// @param besides coefficients of what cells are too short to show, or do not count
/// @param assumed the terms whose coefficient was not measured
/// @param covariance of the coefficients that were fitted
/// @param scatter the usual distance of a cell from the model, in logarithms
/// @param reach nine of ten held-out cells are within this many spreads
/// @param heldOut the cells of this transport, each predicted from the others
public record ModelFit(
    @JsonIgnore ModelShape shape,
    Map<ModelTerm, Double> coefficients,
    Map<ModelTerm, Double> besides,
    List<ModelTerm> assumed,
    List<List<Double>> covariance,
    double scatter,
    double reach,
    HeldOut heldOut) {

  /// How well cells were predicted that the fit had not seen.
  ///
  /// @param cells how many there were
  /// @param inside of these, how many were within the bounds that the other cells gave
  public record HeldOut(int cells, int inside) {

    static final HeldOut NONE = new HeldOut(0, 0);

    HeldOut plus(HeldOut other) {
      return new HeldOut(cells + other.cells, inside + other.inside);
    }
  }

  /// The same fit with bounds that held-out cells gave.
  ModelFit with(double calibrated, HeldOut held) {
    return new ModelFit(
        shape, coefficients, besides, assumed, covariance, scatter, calibrated, held);
  }

  /// What a cell with this load would measure.
  double ofCell(ModelLoad load) {
    return shape.theory().applyAsDouble(load) + sum(coefficients, load);
  }

  /// The value for this load, with what cells do not show.
  double of(ModelLoad load) {
    return ofCell(load) + sum(besides, load);
  }

  /// The standard deviation of a cell's distance from the model, in logarithms. It grows with the
  /// distance from the cells of the fit.
  double spread(ModelLoad load) {
    double[] row = shape.row(load);
    double variance = 0;
    for (int i = 0; i < row.length; i++) {
      for (int j = 0; j < row.length; j++) {
        variance += row[i] * covariance.get(i).get(j) * row[j];
      }
    }
    double value = ofCell(load);
    double relative = value > 0 ? Math.max(0, variance) / (value * value) : 0;
    return Math.sqrt(scatter * scatter + relative);
  }

  /// Nine of ten held-out cells were within `of(load) / factor` and `of(load) * factor`.
  double factor(ModelLoad load) {
    return Math.exp(reach * spread(load));
  }

  private static double sum(Map<ModelTerm, Double> coefficients, ModelLoad load) {
    return coefficients.entrySet().stream()
        .mapToDouble(it -> it.getValue() * it.getKey().of(load))
        .sum();
  }
}
