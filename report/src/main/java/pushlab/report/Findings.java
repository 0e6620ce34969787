package pushlab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import pushlab.report.advice.Advice;
import pushlab.report.advice.Adviser;
import pushlab.report.herd.HerdSituation;
import pushlab.report.judge.ByDelivery;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.GatlingResult;
import pushlab.report.judge.IdleSummary;
import pushlab.report.judge.JmhScore;
import pushlab.report.judge.NodesSummary;
import pushlab.report.judge.Resolution;
import pushlab.report.judge.RunQuality;
import pushlab.report.judge.Scatters;
import pushlab.report.judge.Verdict;
import pushlab.report.judge.Verdicts;
import pushlab.report.model.Model;
import pushlab.report.model.NetworkEffect;
import pushlab.report.result.BrokenResultException;
import pushlab.report.result.Cell;
import pushlab.report.result.Expected;
import pushlab.report.result.Flaw;
import pushlab.report.result.Outage;
import pushlab.report.result.Percentiles;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;
import pushlab.report.road.Road;
import pushlab.report.text.Phrase;

/// Everything that was read from a run, and what was found in it.
///
/// @param run null if `run.json` is broken
/// @param cells those on which answers, verdicts and the model rest
/// @param all the cells of the run, with those of every delivery
/// @param byDelivery what the transports cost our server with each delivery
/// @param road the proxies that this run has measured, or else the usual ones
/// @param effects what networks do to transports; empty if everything went over loopback
/// @param histograms of each cell whose histogram logs are valid, by tag
/// @param broken one sentence for each file that is missing or invalid
record Findings(
    @Nullable Run run,
    RunQuality quality,
    List<CellSummary> cells,
    List<CellSummary> all,
    List<ByDelivery> byDelivery,
    Road road,
    List<Advice> advices,
    List<Verdict> verdicts,
    List<Resolution> resolution,
    List<IdleSummary> idle,
    List<NodesSummary> nodes,
    List<NetworkEffect> effects,
    List<Outage> outages,
    List<HerdSituation> herds,
    Model model,
    Map<CellSummary, Map<String, Histogram>> histograms,
    List<JmhScore> jmh,
    List<GatlingResult> gatling,
    List<Phrase> broken) {

  static Findings read(ResultsFolder folder) {
    var broken = new ArrayList<BrokenResultException>();
    Run run = whole(folder::run, broken).orElse(null);
    var histograms = new LinkedHashMap<CellSummary, Map<String, Histogram>>();
    List<Cell> all = whole(() -> folder.cells(broken), broken).orElse(List.of());
    List<Cell> judged = ByDelivery.judged(run, all);
    RunQuality quality = RunQuality.of(run, all);
    Scatters scatters = Scatters.of(judged);
    for (Cell cell : all) {
      Map<String, Histogram> byTag = whole(() -> histograms(folder, cell), broken).orElse(Map.of());
      histograms.put(
          CellSummary.of(
              cell,
              scatters,
              percentiles(byTag.get(ResultsFolder.RAW)),
              percentiles(byTag.get(ResultsFolder.CORRECTED))),
          byTag);
    }
    List<CellSummary> summaries = List.copyOf(histograms.keySet());
    List<CellSummary> cells =
        summaries.stream()
            .filter(it -> judged.stream().anyMatch(cell -> cell.id().equals(it.id())))
            .toList();
    List<IdleSummary> idle =
        whole(() -> folder.idle(broken), broken).orElse(List.of()).stream()
            .map(IdleSummary::of)
            .toList();
    List<JmhScore> jmh = whole(() -> JmhScore.read(folder.jmhJson()), broken).orElse(List.of());
    List<GatlingResult> gatling =
        whole(() -> GatlingResult.read(folder.gatling(), broken), broken).orElse(List.of());
    Model model = Model.of(run, judged, idle);
    Road road = Road.of(whole(() -> folder.proxies(broken), broken).orElse(List.of()));
    return new Findings(
        run,
        quality,
        cells,
        summaries,
        ByDelivery.of(summaries),
        road,
        Adviser.of(cells, model, road),
        Verdicts.of(cells),
        Resolution.of(judged, scatters),
        idle,
        all.stream().flatMap(cell -> NodesSummary.of(cell).stream()).toList(),
        NetworkEffect.of(cells),
        whole(() -> folder.outages(broken), broken).orElse(List.of()),
        HerdSituation.of(whole(() -> folder.herds(broken), broken).orElse(List.of())),
        model,
        histograms,
        jmh,
        gatling,
        sentences(folder, broken));
  }

  /// The transports that a report shows, measured or not: the standard ones, and any other one
  /// that the plan names or that was measured.
  List<Transport> transports() {
    return Stream.of(Transport.values())
        .filter(
            it ->
                it.isStandard()
                    || (run != null && run.plan().transports().contains(it))
                    || cells.stream().anyMatch(cell -> cell.transport() == it))
        .toList();
  }

  private static Map<String, Histogram> histograms(ResultsFolder folder, Cell cell) {
    Map<String, Histogram> byTag = folder.histograms(cell);
    for (String tag : List.of(ResultsFolder.RAW, ResultsFolder.CORRECTED)) {
      if (!cell.repeats().isEmpty() && !byTag.containsKey(tag)) {
        throw new BrokenResultException(
            folder.path().resolve("cells").resolve(cell.id()),
            tag.equals(ResultsFolder.RAW) ? Expected.RAW_LOG : Expected.CORRECTED_LOG,
            Flaw.NONE.said());
      }
    }
    return byTag;
  }

  private static @Nullable Percentiles percentiles(@Nullable Histogram histogram) {
    return histogram == null ? null : Percentiles.of(histogram);
  }

  private static List<Phrase> sentences(ResultsFolder folder, List<BrokenResultException> broken) {
    return broken.stream().map(e -> Phrase.of(e.said(folder.path()))).toList();
  }

  private static <T> Optional<T> whole(Supplier<T> read, List<BrokenResultException> broken) {
    try {
      return Optional.of(read.get());
    } catch (BrokenResultException e) {
      broken.add(e);
      return Optional.empty();
    }
  }
}
