package pushlab.report.model;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.IdleSummary;
import pushlab.report.result.Cell;
import pushlab.report.result.Transport;
import pushlab.report.result.Transport.Asking;

/// The model of one transport.
///
/// @param clients the measured range
/// @param updatesPerSecond the measured range
/// @param pollIntervalMillis the measured range; null for every transport but short polling
/// @param payloadBytes of one delivery: the measured range
/// @param cells the ids of the cells that it was fitted to
public record ModelOfTransport(
    Transport transport,
    String title,
    Asking asking,
    Range clients,
    Range updatesPerSecond,
    @Nullable Range pollIntervalMillis,
    Range payloadBytes,
    List<String> cells,
    Map<ModelQuantity, ModelFit> quantities) {

  /// The range that was measured.
  public record Range(double lowest, double highest) {

    static Range of(List<Cell> cells, ToDoubleFunction<Cell> what) {
      var all = cells.stream().mapToDouble(what).summaryStatistics();
      return new Range(all.getMin(), all.getMax());
    }
  }

  /// @param cells fit cells of one transport, at least one
  /// @param idle of all transports
  static ModelOfTransport of(List<Cell> cells, List<IdleSummary> idle) {
    Transport transport = cells.getFirst().transport();
    var own = idle.stream().filter(it -> it.transport() == transport && it.unfit().isEmpty());
    var samples = new ModelSamples(cells, own.findFirst().orElse(null));
    var quantities = new EnumMap<ModelQuantity, ModelFit>(ModelQuantity.class);
    for (ModelQuantity quantity : ModelQuantity.values()) {
      quantities.put(quantity, samples.fit(quantity));
    }
    return new ModelOfTransport(
        transport,
        transport.title(),
        transport.asking(),
        Range.of(cells, Cell::clients),
        Range.of(cells, Cell::updatesPerSecond),
        transport.asking() == Asking.AT_INTERVALS
            ? Range.of(cells, ModelRepeat::intervalMillis)
            : null,
        Range.of(cells, ModelOfTransport::payload),
        cells.stream().map(Cell::id).toList(),
        quantities);
  }

  /// How well that quantity is known.
  ModelFit fit(ModelQuantity quantity) {
    return requireNonNull(quantities.get(quantity));
  }

  private static double payload(Cell cell) {
    return cell.repeats().stream().mapToLong(repeat -> repeat.traffic().payloadBytes()).sum()
        / (double)
            cell.repeats().stream().mapToLong(repeat -> repeat.deliveries().delivered()).sum();
  }
}
