package pushlab.report.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.IdleSummary;
import pushlab.report.model.ModelFit.HeldOut;
import pushlab.report.result.Cell;
import pushlab.report.result.Repeat;
import pushlab.report.result.Transport.Asking;

/// Fits the quantities of one transport to its cells, by least squares of relative distances. What
/// the cells cannot tell stays near what is usual.
final class ModelFitter {

  /// The usual ratios between coefficients are this uncertain: a standard deviation, as a share.
  private static final double UNCERTAIN = 0.7;

  /// Of ten cells whose distance is normally distributed, nine are within this many standard
  /// deviations.
  static final double USUAL_REACH = 1.65;

  private static final double SECONDS_AN_HOUR = 3600;

  private final Asking asking;
  private final @Nullable IdleSummary idle;
  private final double holdSeconds;

  /// @param idle what clients of this transport cost while nothing changes; null if it was not
  ///     measured
  ModelFitter(Asking asking, @Nullable IdleSummary idle, double holdSeconds) {
    this.asking = asking;
    this.idle = idle;
    this.holdSeconds = holdSeconds;
  }

  private record Sample(ModelLoad load, double measured) {}

  /// The fit to those cells; empty if none of them measured the quantity.
  ///
  /// @param noise the variance of a cell's value, in logarithms, by the scatter of its repeats
  Optional<ModelFit> fit(ModelQuantity quantity, List<Cell> cells, double noise) {
    List<Sample> samples = samples(quantity, cells);
    return samples.isEmpty()
        ? Optional.empty()
        : Optional.of(fit(quantity, samples, noise, kernel(quantity, cells)));
  }

  /// How far each cell is from a fit to the others, in spreads of that fit; nothing for a single
  /// cell.
  List<Double> heldOut(ModelQuantity quantity, List<Cell> cells, double noise) {
    List<Sample> samples = samples(quantity, cells);
    var scores = new ArrayList<Double>();
    for (int i = 0; i < samples.size() && samples.size() > 1; i++) {
      var others = new ArrayList<>(samples);
      Sample held = others.remove(i);
      ModelFit fit = fit(quantity, others, noise, Map.of());
      scores.add(distance(quantity, held, fit.ofCell(held.load())) / fit.spread(held.load()));
    }
    return scores;
  }

  private List<Sample> samples(ModelQuantity quantity, List<Cell> cells) {
    var samples = new ArrayList<Sample>();
    for (Cell cell : cells) {
      ModelLoad load = ModelLoad.of(cell, holdSeconds);
      Double measured = quantity.of(cell, load);
      if (measured != null) {
        samples.add(new Sample(load, measured));
      }
    }
    return samples;
  }

  private ModelFit fit(
      ModelQuantity quantity, List<Sample> samples, double noise, Map<ModelTerm, Double> kernel) {
    ModelShape shape = ModelShape.of(quantity, asking);
    double scatter = Math.sqrt(shape.scatter() * shape.scatter() + noise);
    OptionalDouble perEmpty = perEmptyAnswer(quantity);
    var equations = new ModelEquations(shape.terms().size());
    for (Sample it : samples) {
      double known = perEmpty.orElse(0) * it.load().empty();
      equations.add(
          shape.row(it.load()),
          it.measured() - shape.theory().applyAsDouble(it.load()) - known,
          1 / (scatter * Math.max(it.measured(), least(quantity, it.load()))));
    }
    equations.expect(shape.usual(), UNCERTAIN);
    double[] solved = equations.solve();
    var coefficients = new LinkedHashMap<ModelTerm, Double>();
    for (int i = 0; i < solved.length; i++) {
      coefficients.put(shape.terms().get(i), solved[i]);
    }
    var besides = new LinkedHashMap<>(kernel);
    var assumed = new ArrayList<ModelTerm>();
    if (isCost(quantity)) {
      if (asking == Asking.AFTER_EACH_ANSWER) {
        coefficients.put(ModelTerm.EMPTY_ANSWER, perEmpty.orElse(solved[0]));
        if (perEmpty.isEmpty()) {
          assumed.add(ModelTerm.EMPTY_ANSWER);
        }
      } else if (asking == Asking.ONCE) {
        OptionalDouble perHour = idlePerHour(quantity);
        if (perHour.isPresent()) {
          besides.put(ModelTerm.CONNECTION, perHour.getAsDouble() / SECONDS_AN_HOUR);
        } else {
          assumed.add(ModelTerm.CONNECTION);
        }
      }
    }
    return new ModelFit(
        shape,
        coefficients,
        besides,
        assumed,
        equations.covariance(),
        scatter,
        USUAL_REACH,
        HeldOut.NONE);
  }

  /// The distance in logarithms. Below the resolution of the measurement there is none.
  private static double distance(ModelQuantity quantity, Sample held, double modelled) {
    double least = least(quantity, held.load());
    return Math.abs(Math.log(Math.max(held.measured(), least) / Math.max(modelled, least)));
  }

  /// Less than this cannot be told from nothing: a byte a second and client, or what is nothing by
  /// any measure.
  private static double least(ModelQuantity quantity, ModelLoad load) {
    return quantity == ModelQuantity.BYTES_OUT || quantity == ModelQuantity.BYTES_IN
        ? load.clients()
        : 1e-3;
  }

  private static boolean isCost(ModelQuantity quantity) {
    return switch (quantity) {
      case SERVER_CPU, BYTES_OUT, BYTES_IN -> true;
      case DELIVERY_MEDIAN, DELIVERY_P99, HERD, STALENESS, REQUESTS, MEMORY -> false;
    };
  }

  private OptionalDouble perEmptyAnswer(ModelQuantity quantity) {
    OptionalDouble perHour = idlePerHour(quantity);
    return asking == Asking.AFTER_EACH_ANSWER
            && perHour.isPresent()
            && idle != null
            && idle.requestsPerHour() > 0
        ? OptionalDouble.of(perHour.getAsDouble() / idle.requestsPerHour())
        : OptionalDouble.empty();
  }

  private OptionalDouble idlePerHour(ModelQuantity quantity) {
    if (idle == null) {
      return OptionalDouble.empty();
    }
    Double cpuMillis = idle.cpuMillisPerHour();
    return switch (quantity) {
      case SERVER_CPU ->
          cpuMillis == null ? OptionalDouble.empty() : OptionalDouble.of(1000 * cpuMillis);
      case BYTES_OUT -> OptionalDouble.of(idle.bytesOutPerHour());
      case BYTES_IN -> OptionalDouble.of(idle.bytesInPerHour());
      case DELIVERY_MEDIAN, DELIVERY_P99, HERD, STALENESS, REQUESTS, MEMORY ->
          OptionalDouble.empty();
    };
  }

  /// The kernel's memory for a connection. Other changes of the machine's memory do not depend on
  /// the number of clients, so a cell with many has more weight.
  private static Map<ModelTerm, Double> kernel(ModelQuantity quantity, List<Cell> cells) {
    if (quantity != ModelQuantity.MEMORY) {
      return Map.of();
    }
    double sum = 0;
    double squares = 0;
    for (Cell cell : cells) {
      for (Repeat repeat : cell.repeats()) {
        Double kernel = repeat.server().kernelKiBPerConnection();
        if (kernel != null) {
          double square = (double) cell.clients() * cell.clients();
          sum += kernel * square;
          squares += square;
        }
      }
    }
    return squares == 0 ? Map.of() : Map.of(ModelTerm.KERNEL, Math.max(0, sum / squares));
  }
}
