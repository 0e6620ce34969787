package pushlab.report.model;

import java.util.List;

/// What one repeat of a cell, or one idle measurement, contributes to the fit of a quantity.
///
/// @param cell the cell that it belongs to
/// @param columns the factors of the coefficients
/// @param offset the part of the value that theory gives without a coefficient
/// @param weight how much a unit of distance from the model counts
/// @param least below this value the resolution of the measurement, and not the model, determines
///     the distance
record ModelSample(
    String cell,
    List<Double> columns,
    double offset,
    double measured,
    double weight,
    double least) {

  /// The value that the model gives.
  double modelled(double[] coefficients) {
    double sum = offset;
    for (int i = 0; i < coefficients.length; i++) {
      sum += coefficients[i] * columns.get(i);
    }
    return sum;
  }

  /// Whether its distance says how good the model is.
  boolean tells() {
    return measured >= least;
  }

  /// Its distance from the model, as a share of the model's value; 1 if that value is zero.
  double distance(double[] coefficients) {
    double modelled = modelled(coefficients);
    double far = Math.abs(measured - modelled);
    if (far == 0) {
      return 0;
    }
    return modelled > 0 ? far / modelled : 1;
  }
}
