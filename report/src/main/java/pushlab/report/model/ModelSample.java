package pushlab.report.model;

import java.util.List;

/// What one repeat of a cell, or one idle measurement, says about a quantity of the model.
///
/// @param cell the cell that it belongs to
/// @param columns what the coefficients are multiplied by
/// @param offset what theory says without any coefficient
/// @param weight how much a unit of distance from the model counts
/// @param least what must be measured at least for the distance to tell of the model, and not of
///     how coarsely it was measured
record ModelSample(
    String cell,
    List<Double> columns,
    double offset,
    double measured,
    double weight,
    double least) {

  /// What the model says of it.
  double modelled(double[] coefficients) {
    double sum = offset;
    for (int i = 0; i < coefficients.length; i++) {
      sum += coefficients[i] * columns.get(i);
    }
    return sum;
  }

  /// Whether its distance tells how good the model is.
  boolean tells() {
    return measured >= least;
  }

  /// How far it lies from the model, as a share of what the model says; 1 where that is nothing.
  double distance(double[] coefficients) {
    double modelled = modelled(coefficients);
    double far = Math.abs(measured - modelled);
    if (far == 0) {
      return 0;
    }
    return modelled > 0 ? far / modelled : 1;
  }
}
