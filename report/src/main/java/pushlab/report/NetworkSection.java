package pushlab.report;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.figure.Figure;
import pushlab.report.figure.Figures;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Workload;
import pushlab.report.model.NetworkEffect;
import pushlab.report.model.NetworkEffect.Delay;
import pushlab.report.model.NetworkEffect.Wire;
import pushlab.report.result.Network;
import pushlab.report.result.NetworkUse;
import pushlab.report.result.Outage;
import pushlab.report.result.Percentiles;
import pushlab.report.stat.Interval;
import pushlab.report.stat.Spread;
import pushlab.report.text.Column;
import pushlab.report.text.Format;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// The section on networks: how late each transport is over each of them, what a delivery takes on
/// the wire, and how clients connect and come back.
///
/// @param sentences what can be seen, one for each network
/// @param networks what was asked for, and what it was
/// @param lead the workload of the open tables
/// @param delays of the lead workload
/// @param wires of the lead workload
/// @param outages of all transports and networks
/// @param others the delays of the other workloads
record NetworkSection(
    List<Phrase> sentences,
    Table networks,
    Phrase lead,
    Table delays,
    Table wires,
    @Nullable Table outages,
    List<Table> others,
    List<Figure> figures) {

  /// @param columns as many as each of `rows` has values
  record Table(Phrase title, List<Phrase> columns, List<List<Phrase>> rows) {}

  private static final List<Phrase> NETWORK_COLUMNS =
      Stream.of(
              "network",
              "trip",
              "jitter",
              "loss",
              "rate",
              "trip-measured",
              "loss-measured",
              "shaper")
          .map(column -> Phrase.of("network.column." + column))
          .toList();

  private static final List<Column<NetworkEffect>> DELAYS =
      List.of(
          Column.of("network.column.network", effect -> effect.workload().networkPhrase()),
          Column.of("column.transport", effect -> effect.summary().phrase()),
          Column.of("network.column.median", effect -> micros(effect.median().measured())),
          Column.of("network.column.theory", effect -> micros(effect.median().theory())),
          Column.of("network.column.residual", effect -> residual(effect.median())),
          Column.of("network.column.p99", effect -> micros(effect.p99().measured())),
          Column.of("network.column.theory", effect -> theory(effect.p99())),
          Column.of("network.column.residual", effect -> residual(effect.p99())),
          Column.of("network.column.staleness", effect -> measured(effect, Measure.STALENESS)));

  private static final List<Column<NetworkEffect>> WIRES =
      List.of(
          Column.of("network.column.network", effect -> effect.workload().networkPhrase()),
          Column.of("column.transport", effect -> effect.summary().phrase()),
          Column.of("network.column.bytes", effect -> measured(effect, Measure.BYTES)),
          Column.of(
              "network.column.wire", effect -> wire(effect, Wire::bytesPerDelivery, Text::bytes)),
          Column.of(
              "network.column.packets",
              effect -> wire(effect, Wire::packetsPerDelivery, Text::significant)),
          Column.of(
              "network.column.again",
              effect -> wire(effect, Wire::retransmittedShare, Text::precisePercent)));

  private static final List<Column<Outage>> OUTAGES =
      List.of(
          Column.of("network.column.network", outage -> name(outage.network())),
          Column.of("column.transport", outage -> Phrase.of(outage.transport())),
          Column.of("cell.clients", outage -> Phrase.number(outage.clients(), Text::count)),
          Column.of("network.column.connect", outage -> micros(outage.connectMicros().p50())),
          Column.of("network.column.connect-last", outage -> micros(outage.connectMicros().max())),
          Column.of("network.column.recover", outage -> recover(outage, it -> it.p50())),
          Column.of("network.column.recover-last", outage -> recover(outage, it -> it.max())),
          Column.of(
              "network.column.not-back", outage -> Phrase.number(outage.missing(), Text::count)));

  /// Empty for a run over loopback alone.
  static Optional<NetworkSection> of(Findings findings) {
    List<NetworkEffect> all = findings.effects();
    return NetworkEffect.lead(all).map(lead -> of(all, lead, findings.outages()));
  }

  private static NetworkSection of(List<NetworkEffect> all, Workload lead, List<Outage> outages) {
    List<NetworkEffect> shown = with(all, lead);
    return new NetworkSection(
        networks(all).stream().flatMap(network -> sentence(network, shown).stream()).toList(),
        new Table(
            Phrase.of("network.networks"),
            NETWORK_COLUMNS,
            networks(all).stream().map(it -> row(it, all)).toList()),
        lead.phrase(),
        table("network.delays", DELAYS, shown),
        table("network.wires", WIRES, shown.stream().filter(it -> it.wire() != null).toList()),
        outages.isEmpty() ? null : table("network.outages", OUTAGES, outages),
        all.stream()
            .map(effect -> effect.workload().over(null))
            .distinct()
            .sorted()
            .filter(workload -> !workload.equals(lead))
            .map(
                workload ->
                    new Table(
                        workload.phrase(), Column.heads(DELAYS), rows(DELAYS, with(all, workload))))
            .toList(),
        Figures.networks(all.stream().map(NetworkEffect::summary).toList(), lead).stream()
            .toList());
  }

  private static List<NetworkEffect> with(List<NetworkEffect> all, Workload workload) {
    return all.stream().filter(it -> it.workload().over(null).equals(workload)).toList();
  }

  private static List<Network> networks(List<NetworkEffect> all) {
    return all.stream()
        .map(NetworkEffect::workload)
        .sorted()
        .map(workload -> Objects.requireNonNullElse(workload.network(), Network.LOOPBACK))
        .distinct()
        .toList();
  }

  private static <T> Table table(String title, List<Column<T>> columns, List<T> of) {
    return new Table(Phrase.of(title), Column.heads(columns), rows(columns, of));
  }

  private static <T> List<List<Phrase>> rows(List<Column<T>> columns, List<T> of) {
    return of.stream().map(one -> Column.row(columns, one)).toList();
  }

  /// What was asked for, and what it was in the cells of that network.
  private static List<Phrase> row(Network network, List<NetworkEffect> all) {
    List<NetworkUse> uses =
        all.stream()
            .filter(it -> network.equals(it.workload().network()))
            .flatMap(it -> Optional.ofNullable(it.summary().networkUse()).stream())
            .toList();
    Double rate = network.megabitsPerSecond();
    var row = new ArrayList<Phrase>();
    row.add(name(network));
    row.add(Phrase.number(network.roundTripMillis(), Text::millis));
    row.add(Phrase.number(network.jitterMillis(), Text::millis));
    row.add(Phrase.number(network.loss(), Text::precisePercent));
    row.add(
        rate == null
            ? Phrase.of("network.unlimited")
            : Phrase.of("network.megabits", Phrase.number(rate, Text::significant)));
    row.add(mean(uses, NetworkUse::roundTripMillis, Text::millis));
    row.add(mean(uses, NetworkUse::loss, Text::precisePercent));
    row.add(
        uses.isEmpty()
            ? Phrase.of("network.shaper.none")
            : Phrase.of("network.shaper." + uses.getFirst().shaper().id()));
    return row;
  }

  private static Phrase mean(
      List<NetworkUse> uses, Function<NetworkUse, @Nullable Double> part, Format format) {
    var known =
        uses.stream().flatMap(use -> Optional.ofNullable(part.apply(use)).stream()).toList();
    return known.isEmpty()
        ? Phrase.verbatim("–")
        : Phrase.number(
            known.stream().mapToDouble(Double::doubleValue).average().orElseThrow(), format);
  }

  /// How far the medians of the lead workload are from theory over that network.
  private static Optional<Phrase> sentence(Network network, List<NetworkEffect> shown) {
    List<NetworkEffect> known =
        shown.stream()
            .filter(
                it ->
                    network.isLoopback()
                        ? it.workload().network() == null
                        : network.equals(it.workload().network()))
            .filter(it -> it.median().residual() != null)
            .sorted(comparingDouble(NetworkSection::residual))
            .toList();
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Phrase.of(
                "network.beyond",
                name(network),
                residual(known.getFirst().median()),
                known.getFirst().summary().within(),
                residual(known.getLast().median()),
                known.getLast().summary().within()));
  }

  private static double residual(NetworkEffect effect) {
    return Objects.requireNonNull(effect.median().residual());
  }

  private static Phrase name(@Nullable Network network) {
    return Phrase.of(network == null ? Network.LOOPBACK : network);
  }

  /// A delivery time, or why there is none.
  private static Phrase micros(@Nullable Double micros) {
    return micros == null ? Phrase.of("mark.no-verdict") : Phrase.number(micros, Text::micros);
  }

  private static Phrase micros(long micros) {
    return Phrase.number(micros, Text::micros);
  }

  private static Phrase theory(Delay delay) {
    Interval edge = delay.edge();
    return edge == null
        ? Phrase.number(delay.theory(), Text::micros)
        : Phrase.of(edge, Text::micros);
  }

  private static Phrase residual(Delay delay) {
    return delay.edge() == null ? micros(delay.residual()) : Phrase.verbatim("–");
  }

  private static Phrase measured(NetworkEffect effect, Measure measure) {
    Spread spread = effect.summary().spread(measure);
    return spread == null ? Phrase.of("unknown") : measure.phrase(spread.value());
  }

  private static Phrase wire(
      NetworkEffect effect, Function<Wire, @Nullable Double> part, Format format) {
    return Phrase.known(Optional.ofNullable(effect.wire()).map(part).orElse(null), format);
  }

  private static Phrase recover(Outage outage, Function<Percentiles, Long> part) {
    return Optional.ofNullable(outage.recoverMicros())
        .map(part)
        .map(NetworkSection::micros)
        .orElseGet(() -> Phrase.of("network.not-cut"));
  }
}
