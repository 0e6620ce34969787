package pushlab.report.judge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Delivery;
import pushlab.report.result.Network;
import pushlab.report.result.NetworkUse;
import pushlab.report.result.Percentiles;
import pushlab.report.result.Repeat;
import pushlab.report.result.Repeat.Deliveries;
import pushlab.report.result.Repeat.Faults;
import pushlab.report.result.Repeat.Updates;
import pushlab.report.result.Transport;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// A cell with its repeats added up: counts are sums, ratios are sums divided by sums, percentiles
/// come from the histograms of all repeats together. Null means not known. In JSON its parts are
/// one flat object.
///
/// @param repeats how often the cell was run
/// @param connectMillis the mean over the repeats
/// @param measures what verdicts compare, spread over the repeats; a measure that is not known is
///     absent
/// @param unfit why no verdict may rest on this cell; empty when one may
/// @param untimed why no verdict on a time may rest on this cell; empty when one may
/// @param cautions what a reader should know before trusting this cell
/// @param logs the paths of its histogram logs within the run's folder
/// @param networkUse what its network was and did in all repeats; null over loopback
public record CellSummary(
    @JsonUnwrapped Subject subject,
    int repeats,
    double seconds,
    @JsonUnwrapped Updates updates,
    @JsonUnwrapped Deliveries deliveries,
    @JsonUnwrapped Delays delays,
    @JsonUnwrapped Traffic traffic,
    @JsonUnwrapped ServerCpu serverCpu,
    @Nullable Double instrumentCpuMicrosPerDelivery,
    @Nullable Double payloadBytesPerDelivery,
    @JsonUnwrapped Heap heap,
    @JsonUnwrapped Memory memory,
    @JsonUnwrapped Load load,
    double connectMillis,
    @JsonUnwrapped Faults faults,
    Map<Measure, Spread> measures,
    List<Phrase> unfit,
    List<Phrase> untimed,
    List<Caution> cautions,
    List<String> logs,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable NetworkUse networkUse) {

  /// What was measured: one point of the run's plan.
  public record Subject(
      String id,
      Transport transport,
      int clients,
      double updatesPerSecond,
      @Nullable Long pollIntervalMillis,
      int tasks,
      int payload,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Delivery delivery,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Network network) {}

  /// How late clients were.
  ///
  /// @param latencyMicros null when the cell's histograms are broken; `correctedLatencyMicros` too
  public record Delays(
      @Nullable Percentiles latencyMicros,
      @Nullable Percentiles correctedLatencyMicros,
      @Nullable Double stalenessMillis) {}

  /// What a delivery takes on the wire.
  public record Traffic(
      @Nullable Double requestsPerDelivery,
      @Nullable Double bytesOutPerDelivery,
      @Nullable Double bytesInPerDelivery) {}

  /// CPU time of the server, without that of its just-in-time compilers.
  ///
  /// @param compileShare how much of all its CPU time its compilers took
  public record ServerCpu(
      @JsonProperty("serverCpuMicrosPerDelivery") @Nullable Double microsPerDelivery,
      @JsonProperty("serverUserMicrosPerDelivery") @Nullable Double userMicrosPerDelivery,
      @JsonProperty("serverCompileShare") @Nullable Double compileShare) {}

  /// The server's heap.
  ///
  /// @param pauses the most that one repeat had
  /// @param longestPauseMicros the longest of all repeats
  public record Heap(
      @Nullable Double allocatedBytesPerDelivery,
      @Nullable Long pauses,
      @Nullable Long longestPauseMicros) {}

  /// The server's memory.
  ///
  /// @param kernelKiBPerConnection the most of all repeats
  /// @param residentKiB the most of all repeats
  public record Memory(
      @Nullable Double memoryKiBPerIdleConnection,
      @Nullable Double kernelKiBPerConnection,
      @Nullable Long residentKiB) {}

  /// How busy the machine was: each is the most of all repeats.
  public record Load(double busyShare, @Nullable Double otherShare) {}

  /// Adds up the repeats of `cell`.
  ///
  /// @param scatters of all cells that were measured with it
  /// @param raw the latency of all repeats together; null if the cell's histograms are broken
  /// @param corrected the corrected latency of all repeats together; null if they are broken
  public static CellSummary of(
      Cell cell, Scatters scatters, @Nullable Percentiles raw, @Nullable Percentiles corrected) {
    List<Repeat> all = cell.repeats();
    return new CellSummary(
        new Subject(
            cell.id(),
            cell.transport(),
            cell.clients(),
            cell.updatesPerSecond(),
            cell.pollIntervalMillis(),
            cell.tasks(),
            cell.payload(),
            cell.delivery(),
            cell.network()),
        all.size(),
        all.stream().mapToDouble(Repeat::seconds).sum(),
        new Updates(
            sum(all, repeat -> repeat.updates().due()),
            sum(all, repeat -> repeat.updates().notSent())),
        new Deliveries(
            sum(all, repeat -> repeat.deliveries().expected()),
            sum(all, repeat -> repeat.deliveries().delivered()),
            sum(all, repeat -> repeat.deliveries().skipped()),
            sum(all, repeat -> repeat.deliveries().missing()),
            sum(all, repeat -> repeat.deliveries().repeated()),
            sum(all, repeat -> repeat.deliveries().backward())),
        new Delays(raw, corrected, Measure.STALENESS.of(all)),
        new Traffic(
            Measure.REQUESTS.of(all),
            Measure.perDelivery(all, repeat -> repeat.traffic().bytesOut()),
            Measure.perDelivery(all, repeat -> repeat.traffic().bytesIn())),
        new ServerCpu(
            Measure.SERVER_CPU.of(all),
            Measure.perDelivery(all, repeat -> number(repeat.server().steadyUserMicros())),
            Fitness.compileShare(all)),
        Measure.perDelivery(all, repeat -> repeat.instrument().cpuMicros()),
        Measure.perDelivery(all, repeat -> repeat.traffic().payloadBytes()),
        new Heap(
            Measure.perDelivery(all, repeat -> number(repeat.server().allocatedBytes())),
            most(all, repeat -> repeat.server().pauses()),
            most(all, repeat -> repeat.server().longestPauseMicros())),
        new Memory(
            Measure.MEMORY.of(all),
            most(all, repeat -> repeat.server().kernelKiBPerConnection()),
            most(all, repeat -> repeat.server().residentKiB())),
        new Load(
            all.stream().mapToDouble(repeat -> repeat.noise().busyShare()).max().orElse(0),
            most(all, repeat -> repeat.noise().otherShare())),
        all.stream().mapToDouble(Repeat::connectMillis).average().orElse(0),
        new Faults(
            sum(all, repeat -> repeat.faults().errors()),
            sum(all, repeat -> repeat.faults().disconnects())),
        spreads(cell, scatters),
        Fitness.unfit(cell),
        Fitness.untimed(all),
        Fitness.cautions(all),
        all.stream()
            .map(
                repeat ->
                    "cells/%s/repeat-%d.hlog".formatted(Text.segment(cell.id()), repeat.number()))
            .toList(),
        NetworkUses.sum(all));
  }

  public String id() {
    return subject.id();
  }

  public Transport transport() {
    return subject.transport();
  }

  /// Null for every transport but short polling.
  public @Nullable Long pollIntervalMillis() {
    return subject.pollIntervalMillis();
  }

  /// How subscribers of our server waited; null if that makes no difference or is unknown.
  public @Nullable Delivery delivery() {
    return subject.delivery();
  }

  /// What lies between the server and the clients; null for loopback.
  public @Nullable Network network() {
    return subject.network();
  }

  @JsonIgnore
  public Workload workload() {
    return new Workload(
        subject.clients(),
        subject.updatesPerSecond(),
        subject.tasks(),
        subject.payload(),
        subject.network());
  }

  /// What a reader knows it by among the cells of its workload.
  @JsonIgnore
  public String label() {
    return phrase().english();
  }

  /// The label, in any language.
  @JsonIgnore
  public Phrase phrase() {
    return Phrase.of(transport(), pollIntervalMillis());
  }

  /// The label within a sentence.
  public Phrase within() {
    Long interval = pollIntervalMillis();
    return interval == null
        ? Phrase.within(transport())
        : Phrase.of("every", Phrase.within(transport()), Phrase.number(interval, Text::millis));
  }

  /// How many clients, for a reader.
  public Phrase clientsPhrase() {
    return workload().clientsPhrase();
  }

  /// How often it is updated, for a reader.
  public Phrase ratePhrase() {
    return workload().ratePhrase();
  }

  /// Why no verdict on `measure` may rest on this cell; empty when one may.
  public List<Phrase> unfit(Measure measure) {
    return unfit.isEmpty() && measure.isTimed() ? untimed : unfit;
  }

  /// The spread of `measure` if a verdict may rest on it, or else null.
  public @Nullable Spread comparable(Measure measure) {
    return unfit(measure).isEmpty() ? spread(measure) : null;
  }

  /// The spread of `measure`, or null when it is not known.
  public @Nullable Spread spread(Measure measure) {
    return measures.get(measure);
  }

  /// Bytes out and in, or null when nothing was delivered.
  @JsonProperty("bytesPerDelivery")
  public @Nullable Double bytesPerDelivery() {
    Double out = traffic.bytesOutPerDelivery();
    Double in = traffic.bytesInPerDelivery();
    return out == null || in == null ? null : out + in;
  }

  /// How many a second connected, or null when that took no time.
  @JsonProperty
  public @Nullable Double connectionsPerSecond() {
    return connectMillis == 0 ? null : 1000 * subject.clients() / connectMillis;
  }

  private static long sum(List<Repeat> repeats, ToLongFunction<Repeat> part) {
    return repeats.stream().mapToLong(part).sum();
  }

  private static double number(@Nullable Long value) {
    return value == null ? Double.NaN : value;
  }

  /// The greatest of the repeats, or null where one does not know it.
  private static <N extends Comparable<N>> @Nullable N most(
      List<Repeat> repeats, Function<Repeat, @Nullable N> part) {
    N most = null;
    for (Repeat repeat : repeats) {
      N value = part.apply(repeat);
      if (value == null) {
        return null;
      }
      most = most == null || value.compareTo(most) > 0 ? value : most;
    }
    return most;
  }

  private static Map<Measure, Spread> spreads(Cell cell, Scatters scatters) {
    var spreads = new EnumMap<Measure, Spread>(Measure.class);
    for (Measure measure : Measure.values()) {
      Spread spread = scatters.spread(measure, cell);
      if (spread != null) {
        spreads.put(measure, spread);
      }
    }
    return spreads;
  }
}
