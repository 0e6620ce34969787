package pushlab.report.herd;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Network;
import pushlab.report.result.Transport;
import pushlab.report.result.herd.HerdEvent;
import pushlab.report.result.herd.HerdTrial;

/// One event that so many clients went through together over one network, with each transport.
///
/// @param network null for loopback
/// @param acceptsPerSecond how many connections the server accepts a second; null for no limit
/// @param goneSeconds how long nobody could reach the server
/// @param series by transport
public record HerdSituation(
    HerdEvent event,
    int clients,
    @Nullable Network network,
    @Nullable Integer acceptsPerSecond,
    Middle goneSeconds,
    List<HerdSeries> series) {

  public HerdSituation {
    series = List.copyOf(series);
  }

  private record Conditions(
      HerdEvent event, int clients, @Nullable Network network, @Nullable Integer accepts) {

    static Conditions of(HerdTrial trial) {
      return new Conditions(
          trial.event(), trial.clients(), trial.network(), trial.settings().acceptsPerSecond());
    }
  }

  /// All situations of `trials`, in the order of the events.
  ///
  /// @param trials sorted by event and transport
  public static List<HerdSituation> of(List<HerdTrial> trials) {
    return trials.stream()
        .collect(groupingBy(Conditions::of, LinkedHashMap::new, toList()))
        .values()
        .stream()
        .map(HerdSituation::one)
        .toList();
  }

  private static HerdSituation one(List<HerdTrial> trials) {
    HerdTrial first = trials.getFirst();
    return new HerdSituation(
        first.event(),
        first.clients(),
        first.network(),
        first.settings().acceptsPerSecond(),
        Middle.of(trials, HerdTrial::goneSeconds),
        HerdSeries.of(trials));
  }

  /// Whether clients lost their connections, so that the reconnect window matters.
  @JsonIgnore
  public boolean isOfWindows() {
    return event.endsConnections();
  }

  /// How often each setting was tried, at least.
  @JsonIgnore
  public int trials() {
    return series.stream()
        .flatMap(one -> one.points().stream())
        .mapToInt(HerdPoint::trials)
        .min()
        .orElse(0);
  }

  /// The situation that a reader asks about first, of those in which connections ended: a kill.
  public static Optional<HerdSituation> first(List<HerdSituation> situations) {
    return situations.stream()
        .filter(HerdSituation::isOfWindows)
        .min(
            comparing((HerdSituation it) -> it.event() != HerdEvent.KILL)
                .thenComparing(HerdSituation::clients, reverseOrder()));
  }

  /// The transport that a reader asks about first: long polling if there is one.
  public HerdSeries first() {
    return series.stream()
        .min(comparing((HerdSeries it) -> it.transport() != Transport.LONG_POLLING))
        .orElseThrow();
  }
}
