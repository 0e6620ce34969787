package pushlab.report.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Transport;
import pushlab.report.result.Transport.Asking;

/// The model of one transport.
///
/// @param clients the measured range
/// @param updatesPerSecond the measured range
/// @param pollIntervalMillis the measured range; null for every transport but short polling
/// @param payloadBytes of one delivery: the measured range
/// @param statusCharacters of the cells
/// @param cells the ids of the cells that it was fitted to
/// @param quantities without those that no cell measured
/// @param roundTrip what networks added; null if no workload was measured over one and over
// loopback
public record ModelOfTransport(
    Transport transport,
    String title,
    Asking asking,
    Range clients,
    Range updatesPerSecond,
    @Nullable Range pollIntervalMillis,
    Range payloadBytes,
    int statusCharacters,
    List<String> cells,
    Map<ModelQuantity, ModelFit> quantities,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RoundTripFit roundTrip) {

  /// The range that was measured.
  public record Range(double lowest, double highest) {

    static Range of(List<Cell> cells, ToDoubleFunction<Cell> what) {
      var all = cells.stream().mapToDouble(what).summaryStatistics();
      return new Range(all.getMin(), all.getMax());
    }
  }

  /// @param cells fit cells of one transport with statuses of one length, at least one
  /// @param networked fit cells of the same transport, over any network
  static ModelOfTransport of(
      List<Cell> cells, List<Cell> networked, Map<ModelQuantity, ModelFit> quantities) {
    Transport transport = cells.getFirst().transport();
    return new ModelOfTransport(
        transport,
        transport.title(),
        transport.asking(),
        Range.of(cells, Cell::clients),
        Range.of(cells, Cell::updatesPerSecond),
        transport.asking() == Asking.AT_INTERVALS
            ? Range.of(cells, ModelLoad::intervalMillis)
            : null,
        Range.of(cells, ModelOfTransport::payload),
        cells.getFirst().payload(),
        cells.stream().map(Cell::id).toList(),
        quantities,
        RoundTripFit.of(networked).orElse(null));
  }

  /// How that quantity is estimated; empty if no cell measured it.
  Optional<ModelFit> fit(ModelQuantity quantity) {
    return Optional.ofNullable(quantities.get(quantity));
  }

  private static double payload(Cell cell) {
    return cell.repeats().stream().mapToLong(repeat -> repeat.traffic().payloadBytes()).sum()
        / (double)
            cell.repeats().stream().mapToLong(repeat -> repeat.deliveries().delivered()).sum();
  }
}
