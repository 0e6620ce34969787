package pushlab.report.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One quantity of one transport: the shape that theory gives, with coefficients fitted to the
/// repeats of the cells, and the error of the fit.
///
/// @param needs what a run needs for this fit and this run lacks; null if it was fitted
/// @param coefficients by name; empty if theory needs none, or if nothing was fitted
/// @param within the error, as a share of the model's value, that four in five repeats did not
///     exceed; null if nothing was fitted
/// @param worst the largest error of a repeat; null if nothing was fitted
/// @param leftOut like `within`, but each cell is predicted by a model that was fitted without
///     it; null if the other cells do not suffice for one
/// @param repeats the number of repeats that it was fitted to
public record ModelFit(
    @Nullable Needs needs,
    Map<String, Double> coefficients,
    @Nullable Double within,
    @Nullable Double worst,
    @Nullable Double leftOut,
    int repeats) {

  /// What a run can lack.
  public enum Needs {
    /// A fit cell in which this was measured.
    MEASUREMENT,
    /// More repeats than there are coefficients.
    REPEATS,
    /// Fit cells with two numbers of clients.
    CLIENT_NUMBERS;

    /// Its name in JSON.
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final double FOUR_IN_FIVE = 0.8;

  /// Fits the coefficients of those names, in the order of the samples' columns.
  ///
  /// @param wanted names that the samples may be too few or too much alike for: the last are left
  ///     out first
  static ModelFit of(List<String> names, List<String> wanted, List<ModelSample> samples) {
    var all = new ArrayList<>(names);
    all.addAll(wanted);
    ModelFit fit = of(all, samples);
    return fit.needs() == null || wanted.isEmpty()
        ? fit
        : of(names, wanted.subList(0, wanted.size() - 1), samples);
  }

  /// Fits the coefficients of those names, in the order of the samples' columns.
  static ModelFit of(List<String> names, List<ModelSample> samples) {
    if (samples.isEmpty()) {
      return lacking(Needs.MEASUREMENT);
    }
    Optional<double[]> solved = ModelSolver.solve(samples, names.size());
    if (solved.isEmpty()) {
      return lacking(Needs.CLIENT_NUMBERS);
    }
    if (samples.size() <= names.size()) {
      return lacking(Needs.REPEATS);
    }
    var coefficients = new LinkedHashMap<String, Double>();
    for (int i = 0; i < names.size(); i++) {
      coefficients.put(names.get(i), solved.get()[i]);
    }
    List<ModelSample> telling = telling(samples, names.size());
    List<Double> distances = distances(telling, solved.get());
    return new ModelFit(
        null,
        coefficients,
        quantile(distances, FOUR_IN_FIVE),
        quantile(distances, 1),
        leftOut(samples, telling, names.size()),
        samples.size());
  }

  static ModelFit lacking(Needs needs) {
    return new ModelFit(needs, Map.of(), null, null, null, 0);
  }

  /// The same fit with one more coefficient, which was measured separately.
  ModelFit with(String name, double value) {
    var more = new LinkedHashMap<>(coefficients);
    more.put(name, value);
    return new ModelFit(needs, more, within, worst, leftOut, repeats);
  }

  /// The coefficient of that name; 0 if there is no such coefficient.
  double coefficient(String name) {
    return coefficients.getOrDefault(name, 0.0);
  }

  private static @Nullable Double leftOut(
      List<ModelSample> samples, List<ModelSample> telling, int columns) {
    var distances = new ArrayList<Double>();
    for (String cell : telling.stream().map(ModelSample::cell).distinct().toList()) {
      List<ModelSample> others = samples.stream().filter(it -> !it.cell().equals(cell)).toList();
      if (others.size() <= columns) {
        return null;
      }
      Optional<double[]> solved = ModelSolver.solve(others, columns);
      if (solved.isEmpty()) {
        return null;
      }
      distances.addAll(
          distances(telling.stream().filter(it -> it.cell().equals(cell)).toList(), solved.get()));
    }
    return quantile(distances, FOUR_IN_FIVE);
  }

  /// The samples whose distance says how good the model is; all samples if there are too few of
  /// these.
  private static List<ModelSample> telling(List<ModelSample> samples, int columns) {
    List<ModelSample> telling = samples.stream().filter(ModelSample::tells).toList();
    return telling.size() > columns ? telling : samples;
  }

  private static List<Double> distances(List<ModelSample> samples, double[] coefficients) {
    return samples.stream().map(sample -> sample.distance(coefficients)).toList();
  }

  /// The least value that this share of all values does not exceed.
  private static double quantile(List<Double> values, double share) {
    int rank = (int) Math.ceil(share * values.size());
    return values.stream().sorted().toList().get(rank - 1);
  }
}
