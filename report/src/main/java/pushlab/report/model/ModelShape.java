package pushlab.report.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import pushlab.report.result.Transport.Asking;

/// The shape that theory gives to one quantity of one way of asking: a sum of terms, and what it
/// is without them. What is usual was read from three committed runs of the standard plan; a run
/// with few cells borrows it.
///
/// @param terms the first one is that which each cell tells something of
/// @param usual the coefficient of each further term, as a multiple of the first one's
/// @param scatter the usual distance of a cell from the model, in logarithms: a standard deviation
/// @param theory the part of the value that has no coefficient
record ModelShape(
    List<ModelTerm> terms, List<Double> usual, double scatter, ToDoubleFunction<ModelLoad> theory) {

  private static final double SCATTER_OF_CPU = 0.09;
  private static final double SCATTER_OF_BYTES = 0.01;

  static ModelShape of(ModelQuantity quantity, Asking asking) {
    boolean polls = asking == Asking.AT_INTERVALS;
    return switch (quantity) {
      case DELIVERY_MEDIAN -> polls ? clocked(0.06, _ -> 0.5) : lateness(0.11, 2.5);
      case DELIVERY_P99 -> polls ? clocked(0.03, _ -> 0.99) : herd(0.15, 0.004);
      // The last of n polls at random moments: the median of the latest.
      case HERD ->
          polls ? clocked(0.05, load -> Math.pow(0.5, 1 / load.herd())) : herd(0.16, 0.012);
      case STALENESS ->
          polls
              ? new ModelShape(
                  List.of(),
                  List.of(),
                  0.1,
                  load -> Staleness.of(0, load.intervalMillis(), load.periodMillis()))
              : lateness(0.1, 2.5);
      case SERVER_CPU ->
          polls
              ? terms(
                  SCATTER_OF_CPU,
                  List.of(40.0, 9.0, 5.0),
                  ModelTerm.POLL,
                  ModelTerm.SECOND,
                  ModelTerm.UPDATE,
                  ModelTerm.WAKE_UP)
              : terms(
                  SCATTER_OF_CPU,
                  List.of(200.0, 50.0),
                  ModelTerm.DELIVERY,
                  ModelTerm.SECOND,
                  ModelTerm.UPDATE);
      case BYTES_OUT ->
          polls
              ? terms(SCATTER_OF_BYTES, List.of(0.8), ModelTerm.DELIVERY, ModelTerm.EMPTY_ANSWER)
              : terms(SCATTER_OF_BYTES, List.of(), ModelTerm.DELIVERY);
      case BYTES_IN ->
          terms(SCATTER_OF_BYTES, List.of(), polls ? ModelTerm.POLL : ModelTerm.DELIVERY);
      case REQUESTS ->
          new ModelShape(List.of(), List.of(), polls ? 0.03 : 0.01, ModelLoad::requests);
      case MEMORY -> terms(0.05, List.of(), ModelTerm.CONNECTION);
    };
  }

  /// A client that polls waits for a share of its interval.
  private static ModelShape clocked(double scatter, ToDoubleFunction<ModelLoad> share) {
    return new ModelShape(
        List.of(ModelTerm.CONSTANT),
        List.of(),
        scatter,
        load -> 1000 * load.intervalMillis() * share.applyAsDouble(load));
  }

  private static ModelShape lateness(double scatter, double rest) {
    return terms(
        scatter, List.of(0.01, rest), ModelTerm.CONSTANT, ModelTerm.CLIENT, ModelTerm.REST);
  }

  private static ModelShape herd(double scatter, double client) {
    return terms(scatter, List.of(client), ModelTerm.CONSTANT, ModelTerm.CLIENT);
  }

  private static ModelShape terms(double scatter, List<Double> usual, ModelTerm... terms) {
    return new ModelShape(Arrays.asList(terms), usual, scatter, _ -> 0);
  }

  /// The counts by which the coefficients are multiplied.
  double[] row(ModelLoad load) {
    return terms.stream().mapToDouble(term -> term.of(load)).toArray();
  }
}
