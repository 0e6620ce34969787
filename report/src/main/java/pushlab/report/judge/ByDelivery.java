package pushlab.report.judge;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Delivery;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;
import pushlab.report.text.Phrase;

/// What a transport costs our server with each delivery: cells of one transport and one workload
/// that differ in their delivery alone.
///
/// @param verdicts one for each of [#MEASURES]
public record ByDelivery(
    Transport transport,
    Workload workload,
    @JsonIgnore List<CellSummary> cells,
    List<Verdict> verdicts) {

  /// What is compared, the cost that matters most first.
  public static final List<Measure> MEASURES =
      List.of(Measure.SERVER_CPU, Measure.HERD, Measure.MEMORY);

  /// Those of `cells` on which answers, verdicts and the model rest: without the cells of every
  /// delivery but the first of the run's plan.
  ///
  /// @param run null if it is unknown; the first is then the first of [Delivery] that was measured
  public static List<Cell> judged(@Nullable Run run, List<Cell> cells) {
    Optional<Delivery> first =
        run == null
            ? cells.stream().map(Cell::delivery).filter(Objects::nonNull).min(naturalOrder())
            : run.plan().delivery();
    return cells.stream()
        .filter(cell -> cell.delivery() == null || cell.delivery() == first.orElse(null))
        .toList();
  }

  /// One for each transport and workload that was measured with several deliveries.
  ///
  /// @param all the cells of a run
  public static List<ByDelivery> of(List<CellSummary> all) {
    return Stream.of(Transport.values()).flatMap(transport -> of(transport, all)).toList();
  }

  private static Stream<ByDelivery> of(Transport transport, List<CellSummary> all) {
    return all.stream()
        .filter(cell -> cell.transport() == transport && cell.delivery() != null)
        .sorted(comparing(cell -> requireNonNull(cell.delivery())))
        .collect(groupingBy(CellSummary::workload, TreeMap::new, toList()))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(entry -> of(transport, entry.getKey(), entry.getValue()));
  }

  private static ByDelivery of(Transport transport, Workload workload, List<CellSummary> cells) {
    return new ByDelivery(
        transport,
        workload,
        cells,
        MEASURES.stream()
            .map(measure -> Verdicts.judge(workload, measure, cells, ByDelivery::label))
            .toList());
  }

  private static Phrase label(CellSummary cell) {
    return Phrase.of(requireNonNull(cell.delivery()));
  }

  /// Of the first transport of `all`, the one with the most deliveries a second; empty if there are
  /// none.
  public static Optional<ByDelivery> heaviest(List<ByDelivery> all) {
    return all.stream()
        .filter(each -> each.transport == all.getFirst().transport)
        .max(
            comparingDouble((ByDelivery each) -> each.workload.deliveriesPerSecond())
                .thenComparingInt(each -> each.workload.clients()));
  }

  /// The verdict on `measure`, one of [#MEASURES].
  public Verdict verdict(Measure measure) {
    return verdicts.get(MEASURES.indexOf(measure));
  }
}
