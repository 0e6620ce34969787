package pushlab.report.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/// Weighted least squares without negative coefficients, since nothing costs less than nothing,
/// and with what is expected of the coefficients as further equations.
final class ModelEquations {

  /// Below this value, columns that are scaled to length 1 count as linearly dependent.
  private static final double SINGULAR = 1e-9;

  private final int columns;
  private final List<double[]> rows = new ArrayList<>();
  private final List<Double> wanted = new ArrayList<>();

  ModelEquations(int columns) {
    this.columns = columns;
  }

  /// One equation: the coefficients times `row` are `value`.
  ///
  /// @param weight one divided by the standard deviation of `value`
  void add(double[] row, double value, double weight) {
    rows.add(IntStream.range(0, columns).mapToDouble(i -> weight * row[i]).toArray());
    wanted.add(weight * value);
  }

  /// Expects each further coefficient to be a multiple of the first one.
  ///
  /// @param multiples of the first coefficient
  /// @param uncertain the standard deviation of each, as a share of it
  void expect(List<Double> multiples, double uncertain) {
    double first = multiples.isEmpty() ? 0 : first(multiples);
    for (int i = 0; i < multiples.size(); i++) {
      double[] row = new double[columns];
      row[0] = -multiples.get(i);
      row[i + 1] = 1;
      add(row, 0, 1 / (uncertain * multiples.get(i) * first));
    }
  }

  /// The first coefficient if the others are exactly as expected.
  private double first(List<Double> multiples) {
    double product = 0;
    double square = 0;
    for (int i = 0; i < rows.size(); i++) {
      double one = rows.get(i)[0];
      for (int j = 0; j < multiples.size(); j++) {
        one += multiples.get(j) * rows.get(i)[j + 1];
      }
      product += one * wanted.get(i);
      square += one * one;
    }
    return square == 0 ? SINGULAR : Math.max(SINGULAR, product / square);
  }

  /// The coefficients with the least sum of squares. There are so few columns that it tries each
  /// choice of nonzero coefficients.
  double[] solve() {
    double[] best = new double[columns];
    double least = new ArrayRealVector(wanted()).getNorm();
    for (int choice = 1; choice < 1 << columns; choice++) {
      double[] tried = solve(choice);
      double distance = distance(tried);
      if (distance < least && IntStream.range(0, columns).allMatch(i -> tried[i] >= 0)) {
        least = distance;
        best = tried;
      }
    }
    return best;
  }

  /// The covariance of the coefficients, if none of them had to be raised to zero.
  List<List<Double>> covariance() {
    if (columns == 0) {
      return List.of();
    }
    double[] lengths = lengths();
    RealMatrix scaled = scaled((1 << columns) - 1, lengths);
    RealMatrix inverse = qr(scaled.transpose().multiply(scaled)).getInverse();
    return IntStream.range(0, columns)
        .mapToObj(
            i ->
                IntStream.range(0, columns)
                    .mapToObj(j -> inverse.getEntry(i, j) / lengths[i] / lengths[j])
                    .toList())
        .toList();
  }

  /// Uses only the columns whose bit is set in `choice`; the other coefficients are zero.
  private double[] solve(int choice) {
    double[] lengths = lengths();
    RealVector found = qr(scaled(choice, lengths)).solve(new ArrayRealVector(wanted()));
    double[] all = new double[columns];
    int[] chosen = chosen(choice);
    for (int i = 0; i < chosen.length; i++) {
      all[chosen[i]] = found.getEntry(i) / lengths[chosen[i]];
    }
    return all;
  }

  private RealMatrix scaled(int choice, double[] lengths) {
    int[] chosen = chosen(choice);
    var matrix = new Array2DRowRealMatrix(rows.size(), chosen.length);
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < chosen.length; i++) {
        matrix.setEntry(row, i, rows.get(row)[chosen[i]] / lengths[chosen[i]]);
      }
    }
    return matrix;
  }

  private double[] lengths() {
    return IntStream.range(0, columns)
        .mapToDouble(i -> Math.sqrt(rows.stream().mapToDouble(row -> row[i] * row[i]).sum()))
        .toArray();
  }

  private int[] chosen(int choice) {
    return IntStream.range(0, columns).filter(i -> (choice & 1 << i) != 0).toArray();
  }

  private double[] wanted() {
    return wanted.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private double distance(double[] coefficients) {
    double sum = 0;
    for (int row = 0; row < rows.size(); row++) {
      double far = wanted.get(row);
      for (int i = 0; i < columns; i++) {
        far -= rows.get(row)[i] * coefficients[i];
      }
      sum += far * far;
    }
    return Math.sqrt(sum);
  }

  private static DecompositionSolver qr(RealMatrix matrix) {
    return new QRDecomposition(matrix, SINGULAR).getSolver();
  }
}
