package pushlab.report.advice;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.advice.Advice.Sentence;
import pushlab.report.advice.Candidate.Evidence;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Workload;
import pushlab.report.model.Model;
import pushlab.report.result.Transport;
import pushlab.report.road.Road;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;

/// Finds the transport to take in a situation: among those that get through what stands between,
/// from the cells of its workload where there are any, or else from what the model estimates.
public final class Adviser {

  private final Situation situation;
  private final List<CellSummary> cells;
  private final Model model;
  private final RoadAdvice road;
  private final List<Sentence> reasons = new ArrayList<>();
  private final List<Sentence> grounds = new ArrayList<>();

  private Adviser(Situation situation, List<CellSummary> cells, Model model, Road road) {
    this.situation = situation;
    this.cells = cells;
    this.model = model;
    this.road = new RoadAdvice(road, situation);
  }

  /// An answer for each situation; those that the run cannot answer come last.
  ///
  /// @param road the proxies that the run has measured, or else the usual ones
  public static List<Advice> of(List<CellSummary> cells, Model model, Road road) {
    return Situation.ALL.stream()
        .map(situation -> new Adviser(situation, cells, model, road).advise())
        .sorted(comparing(advice -> advice.certainty() == Certainty.CANNOT_TELL))
        .toList();
  }

  /// The cells that could decide something that is undecided now, if they had one more repeat.
  public static Set<String> undecided(List<CellSummary> cells, Model model, Road road) {
    var open = new LinkedHashSet<String>();
    for (Situation situation : Situation.ALL) {
      var adviser = new Adviser(situation, cells, model, road);
      List<Candidate> candidates = adviser.candidates();
      if (candidates.size() > 1) {
        Choice.of(situation.criteria(), candidates).undecided().stream()
            .flatMap(it -> adviser.deciding(it).stream())
            .map(CellSummary::id)
            .forEach(open::add);
      }
    }
    return open;
  }

  private List<CellSummary> deciding(Candidate candidate) {
    return situation.criteria().stream()
        .map(criterion -> Optional.ofNullable(candidate.of(criterion.measure())))
        .flatMap(Optional::stream)
        .flatMap(evidence -> evidence.cells().stream())
        .distinct()
        .toList();
  }

  private Advice advise() {
    List<Candidate> candidates = candidates();
    noteUnfit();
    if (candidates.size() < 2) {
      reasons.add(sentence("advice.nothing", List.of()));
      reasons.add(sentence("advice.command", List.of(), situation.command()));
      return cannotTell();
    }
    Choice choice = Choice.of(situation.criteria(), candidates);
    if (choice.confidence() == null) {
      reasons.add(sentence("advice.too-close", cellsOf(candidates)));
      reasons.add(sentence("advice.command", List.of(), situation.command()));
      return cannotTell();
    }
    explain(choice);
    Certainty cellsSay = choice.estimated() ? Certainty.ESTIMATED : Certainty.MEASURED;
    ground(candidates, choice.estimated());
    if (road.isElsewhere()) {
      grounds.add(road.source());
    }
    Transport taken = choice.left().getFirst().transport();
    return new Advice(
        situation,
        road.isElsewhere() ? Certainty.ESTIMATED : cellsSay,
        choice.confidence(),
        taken,
        road.setup(taken),
        choice.left().stream().skip(1).map(Candidate::transport).toList(),
        omitted(candidates),
        reasons,
        grounds);
  }

  /// Says on which cells the answer rests, and what was added for the network of the situation.
  private void ground(List<Candidate> candidates, boolean estimated) {
    List<CellSummary> cells = cellsOf(candidates);
    Workload workload = situation.workload();
    boolean there = candidates.stream().anyMatch(it -> !measured(it.transport()).isEmpty());
    boolean near = candidates.stream().anyMatch(it -> isMoved(it.transport()));
    boolean modelled = candidates.stream().anyMatch(it -> used(it.transport()).isEmpty());
    if (!estimated || there) {
      grounds.add(
          sentence("advice.measured", there ? measuredOf(cells) : cells, workload.phrase()));
    }
    if (modelled) {
      grounds.add(sentence("advice.estimated", cells, workload.phrase()));
    }
    if (near) {
      grounds.add(sentence("advice.near", cells, workload.over(null).phrase()));
    }
    if (near || modelled) {
      grounds.add(NetworkGround.of(situation, model, cells));
    }
  }

  private List<CellSummary> measuredOf(List<CellSummary> cells) {
    return cells.stream().filter(it -> it.workload().equals(situation.workload())).toList();
  }

  private Advice cannotTell() {
    reasons.addAll(road.refusals());
    return new Advice(
        situation, Certainty.CANNOT_TELL, null, null, null, List.of(), List.of(), reasons, grounds);
  }

  private void explain(Choice choice) {
    Candidate first = choice.left().getFirst();
    Evidence rare = first.of(Measure.DELIVERY_P99);
    if (rare != null) {
      reasons.add(
          sentence(
              rare.estimated() ? "advice.arrives.estimated" : "advice.arrives",
              rare.cells(),
              first.within(),
              Measure.DELIVERY_P99.phrase(rare.spread().value())));
    }
    choice.out().forEach(out -> reasons.add(out.sentence()));
    if (choice.out().isEmpty()) {
      reasons.add(sentence("advice.alike", cellsOf(choice.left())));
    } else if (choice.left().size() > 1) {
      List<Phrase> others = choice.left().stream().skip(1).map(Candidate::within).toList();
      reasons.add(sentence("advice.left", cellsOf(choice.left()), Phrase.all(others)));
    }
    reasons.addAll(road.reasons(first.transport()));
    if (choice.left().size() > 1) {
      reasons.add(new Sentence(situation.preference(), List.of(), List.of()));
    }
  }

  /// Those of which everything is known that is known of another one and decides here.
  private List<Candidate> candidates() {
    List<Candidate> all = road.passing().stream().flatMap(this::candidates).toList();
    List<Measure> known =
        situation.criteria().stream()
            .map(Criterion::measure)
            .filter(measure -> all.stream().anyMatch(it -> it.of(measure) != null))
            .toList();
    return all.stream().filter(it -> it.evidence().keySet().containsAll(known)).toList();
  }

  private Stream<Candidate> candidates(Transport transport) {
    List<CellSummary> used = used(transport);
    boolean moved = isMoved(transport);
    return used.isEmpty()
        ? estimated(transport).stream()
        : used.stream()
            .filter(cell -> cell.unfit().isEmpty())
            .map(
                cell ->
                    moved
                        ? Candidate.moved(cell, situation.workload(), model)
                        : Candidate.measured(cell));
  }

  /// The transports that could be taken, that this run has, and that are not among `candidates`.
  private List<Transport> omitted(List<Candidate> candidates) {
    return road.passing().stream()
        .filter(transport -> cells.stream().anyMatch(cell -> cell.transport() == transport))
        .filter(transport -> candidates.stream().noneMatch(it -> it.transport() == transport))
        .toList();
  }

  /// Those of the workload, over the situation's network.
  private List<CellSummary> measured(Transport transport) {
    return measured(transport, situation.workload());
  }

  /// Those of the workload: over the situation's network, or else over loopback.
  private List<CellSummary> used(Transport transport) {
    List<CellSummary> there = measured(transport);
    return there.isEmpty() ? measured(transport, situation.workload().over(null)) : there;
  }

  private boolean isMoved(Transport transport) {
    return measured(transport).isEmpty() && !used(transport).isEmpty();
  }

  private List<CellSummary> measured(Transport transport, Workload workload) {
    return cells.stream()
        .filter(cell -> cell.transport() == transport)
        .filter(cell -> cell.workload().equals(workload))
        .filter(cell -> cell.repeats() > 0)
        .toList();
  }

  private Optional<Candidate> estimated(Transport transport) {
    var evidence = new EnumMap<Measure, Evidence>(Measure.class);
    for (Measure measure : Measure.values()) {
      model
          .estimate(transport, situation.workload(), measure)
          .ifPresent(
              it ->
                  evidence.put(
                      measure,
                      new Evidence(
                          Spread.estimated(it.value(), it.factor()), true, cells(it.cells()))));
    }
    return evidence.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Candidate(transport, Phrase.of(transport), Phrase.within(transport), evidence));
  }

  private List<CellSummary> cells(List<String> ids) {
    return cells.stream().filter(cell -> ids.contains(cell.id())).toList();
  }

  private void noteUnfit() {
    road.passing().stream()
        .flatMap(transport -> used(transport).stream())
        .filter(cell -> !cell.unfit().isEmpty() || !cell.untimed().isEmpty())
        .forEach(cell -> grounds.add(sentence("advice.unfit", List.of(cell), cell.within())));
  }

  private List<CellSummary> cellsOf(List<Candidate> candidates) {
    return candidates.stream()
        .flatMap(it -> deciding(it).stream())
        .distinct()
        .sorted(comparingInt(cells::indexOf))
        .toList();
  }

  private static Sentence sentence(
      String key, List<CellSummary> cells, @Nullable Object... arguments) {
    return new Sentence(Phrase.of(key, arguments), cells, List.of());
  }
}
