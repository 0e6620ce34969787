package pushlab.report.judge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Cell.Repeat;
import pushlab.report.result.Percentiles;
import pushlab.report.result.Transport;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// A cell with its repeats added up: counts are sums, ratios are sums divided by sums, percentiles
/// come from the histograms of all repeats together. Null means not known.
///
/// @param repeats how often the cell was run
/// @param serverCompileShare how much of all its CPU time the server compiled, which is left out of
///     the other figures
/// @param connectMillis the mean over the repeats
/// @param pauses the most that one repeat had
/// @param longestPauseMicros the longest of all repeats
/// @param kernelKiBPerConnection the most of all repeats
/// @param residentKiB the most of all repeats
/// @param busyShare the most of all repeats
/// @param otherShare the most of all repeats
/// @param measures what verdicts compare, spread over the repeats; one that is not known is absent
/// @param unfit why no verdict may rest on this cell; empty when one may
/// @param cautions what a reader should know before trusting this cell
/// @param logs the paths of its histogram logs within the run's folder
public record CellSummary(
    String id,
    Transport transport,
    int clients,
    double updatesPerSecond,
    @Nullable Long pollIntervalMillis,
    int tasks,
    int payload,
    int repeats,
    double seconds,
    long updatesDue,
    long updatesNotSent,
    long expected,
    long delivered,
    long skipped,
    long missing,
    long repeated,
    long backward,
    @Nullable Percentiles latencyMicros,
    @Nullable Percentiles correctedLatencyMicros,
    @Nullable Double stalenessMillis,
    @Nullable Double requestsPerDelivery,
    @Nullable Double bytesOutPerDelivery,
    @Nullable Double bytesInPerDelivery,
    @Nullable Double serverCpuMicrosPerDelivery,
    @Nullable Double serverUserMicrosPerDelivery,
    @Nullable Double serverCompileShare,
    @Nullable Double instrumentCpuMicrosPerDelivery,
    @Nullable Double payloadBytesPerDelivery,
    @Nullable Double allocatedBytesPerDelivery,
    @Nullable Long pauses,
    @Nullable Long longestPauseMicros,
    @Nullable Double memoryKiBPerIdleConnection,
    @Nullable Double kernelKiBPerConnection,
    @Nullable Long residentKiB,
    double busyShare,
    @Nullable Double otherShare,
    double connectMillis,
    long errors,
    long disconnects,
    Map<Measure, Spread> measures,
    List<Phrase> unfit,
    List<Phrase> cautions,
    List<String> logs) {

  /// Adds up the repeats of `cell`.
  ///
  /// @param scatters of all cells that were measured with it
  /// @param raw the latency of all repeats together, or null when its histograms are broken
  /// @param corrected the corrected latency of all repeats together, likewise
  public static CellSummary of(
      Cell cell, Scatters scatters, @Nullable Percentiles raw, @Nullable Percentiles corrected) {
    List<Repeat> all = cell.repeats();
    return new CellSummary(
        cell.id(),
        cell.transport(),
        cell.clients(),
        cell.updatesPerSecond(),
        cell.pollIntervalMillis(),
        cell.tasks(),
        cell.payload(),
        all.size(),
        all.stream().mapToDouble(Repeat::seconds).sum(),
        sum(all, Repeat::updatesDue),
        sum(all, Repeat::updatesNotSent),
        sum(all, Repeat::expected),
        sum(all, Repeat::delivered),
        sum(all, Repeat::skipped),
        sum(all, Repeat::missing),
        sum(all, Repeat::repeated),
        sum(all, Repeat::backward),
        raw,
        corrected,
        Measure.STALENESS.of(all),
        Measure.REQUESTS.of(all),
        Measure.perDelivery(all, Repeat::bytesOut),
        Measure.perDelivery(all, Repeat::bytesIn),
        Measure.SERVER_CPU.of(all),
        Measure.perDelivery(all, repeat -> number(repeat.server().steadyUserMicros())),
        Fitness.compileShare(all),
        Measure.perDelivery(all, Repeat::instrumentCpuMicros),
        Measure.perDelivery(all, Repeat::payloadBytes),
        Measure.perDelivery(all, repeat -> number(repeat.server().allocatedBytes())),
        most(all, repeat -> repeat.server().pauses()),
        most(all, repeat -> repeat.server().longestPauseMicros()),
        Measure.MEMORY.of(all),
        most(all, repeat -> repeat.server().kernelKiBPerConnection()),
        most(all, repeat -> repeat.server().residentKiB()),
        all.stream().mapToDouble(repeat -> repeat.noise().busyShare()).max().orElse(0),
        most(all, repeat -> repeat.noise().otherShare()),
        all.stream().mapToDouble(Repeat::connectMillis).average().orElse(0),
        sum(all, Repeat::errors),
        sum(all, Repeat::disconnects),
        spreads(cell, scatters),
        Fitness.unfit(all),
        Fitness.cautions(all),
        all.stream()
            .map(
                repeat ->
                    "cells/%s/repeat-%d.hlog".formatted(Text.segment(cell.id()), repeat.number()))
            .toList());
  }

  @JsonIgnore
  public Workload workload() {
    return new Workload(clients, updatesPerSecond, tasks, payload);
  }

  /// What a reader knows it by among the cells of its workload.
  @JsonIgnore
  public String label() {
    return phrase().english();
  }

  /// The same in every language.
  @JsonIgnore
  public Phrase phrase() {
    return Phrase.of(transport, pollIntervalMillis);
  }

  /// The same within a sentence.
  public Phrase within() {
    return pollIntervalMillis == null
        ? Phrase.within(transport)
        : Phrase.of(
            "every", Phrase.within(transport), Phrase.number(Text.millis(pollIntervalMillis)));
  }

  /// How many clients, for a reader.
  public Phrase clientsPhrase() {
    return workload().clientsPhrase();
  }

  /// How often it is updated, for a reader.
  public Phrase ratePhrase() {
    return workload().ratePhrase();
  }

  /// The spread of `measure`, or null when it is not known.
  public @Nullable Spread spread(Measure measure) {
    return measures.get(measure);
  }

  /// Bytes out and in, or null when nothing was delivered.
  @JsonProperty("bytesPerDelivery")
  public @Nullable Double bytesPerDelivery() {
    return bytesOutPerDelivery == null || bytesInPerDelivery == null
        ? null
        : bytesOutPerDelivery + bytesInPerDelivery;
  }

  /// How many a second connected, or null when that took no time.
  @JsonProperty
  public @Nullable Double connectionsPerSecond() {
    return connectMillis == 0 ? null : 1000 * clients / connectMillis;
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
      Spread spread = measure.spread(cell.repeats());
      if (spread != null) {
        spreads.put(measure, spread.within(scatters.of(measure, cell.transport())));
      }
    }
    return spreads;
  }
}
