package pushlab.report.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/// Weighted least squares without negative coefficients: a cost is never negative.
final class ModelSolver {

  /// Below this value, columns that are scaled to length 1 count as linearly dependent.
  private static final double SINGULAR = 1e-9;

  private ModelSolver() {}

  /// The coefficients with the least sum of squares; empty if the samples cannot distinguish the
  /// columns. There are so few columns that it tries each choice of nonzero coefficients.
  static Optional<double[]> solve(List<ModelSample> samples, int columns) {
    if (columns == 0) {
      return Optional.of(new double[0]);
    }
    RealMatrix matrix = new Array2DRowRealMatrix(samples.size(), columns);
    RealVector wanted = new ArrayRealVector(samples.size());
    for (int row = 0; row < samples.size(); row++) {
      ModelSample sample = samples.get(row);
      for (int column = 0; column < columns; column++) {
        matrix.setEntry(row, column, sample.weight() * sample.columns().get(column));
      }
      wanted.setEntry(row, sample.weight() * (sample.measured() - sample.offset()));
    }
    double[] lengths =
        IntStream.range(0, columns).mapToDouble(i -> matrix.getColumnVector(i).getNorm()).toArray();
    for (int column = 0; column < columns; column++) {
      if (lengths[column] == 0) {
        return Optional.empty();
      }
      matrix.setColumnVector(column, matrix.getColumnVector(column).mapDivide(lengths[column]));
    }
    if (samples.size() < columns || !qr(matrix).isNonSingular()) {
      return Optional.empty();
    }
    double[] best = best(matrix, wanted);
    for (int column = 0; column < columns; column++) {
      best[column] /= lengths[column];
    }
    return Optional.of(best);
  }

  private static double[] best(RealMatrix matrix, RealVector wanted) {
    int columns = matrix.getColumnDimension();
    double[] best = new double[columns];
    double least = wanted.getNorm();
    for (int choice = 1; choice < 1 << columns; choice++) {
      double[] tried = solve(matrix, wanted, choice);
      double distance = matrix.operate(new ArrayRealVector(tried)).subtract(wanted).getNorm();
      if (distance < least && IntStream.range(0, columns).allMatch(i -> tried[i] >= 0)) {
        least = distance;
        best = tried;
      }
    }
    return best;
  }

  /// Uses only the columns whose bit is set in `choice`; the other coefficients are zero.
  private static double[] solve(RealMatrix matrix, RealVector wanted, int choice) {
    int[] chosen =
        IntStream.range(0, matrix.getColumnDimension())
            .filter(i -> (choice & 1 << i) != 0)
            .toArray();
    int[] rows = IntStream.range(0, matrix.getRowDimension()).toArray();
    RealVector found = qr(matrix.getSubMatrix(rows, chosen)).solve(wanted);
    double[] all = new double[matrix.getColumnDimension()];
    for (int i = 0; i < chosen.length; i++) {
      all[chosen[i]] = found.getEntry(i);
    }
    return all;
  }

  private static DecompositionSolver qr(RealMatrix matrix) {
    return new QRDecomposition(matrix, SINGULAR).getSolver();
  }
}
