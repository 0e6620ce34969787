package pushlab.report.herd;

import static java.util.Comparator.comparingDouble;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Transport;
import pushlab.report.result.herd.HerdEvent;
import pushlab.report.result.herd.HerdSettings;
import pushlab.report.result.herd.HerdTrial;

/// Trials of one transport that differ in one setting only: the hold spread if the event is the end
/// of a hold, the reconnect window if the event ends connections, nothing otherwise.
///
/// @param saidSeconds the longest wait that the server says; null if clients obey no such word
/// @param points by the setting in which they differ, the smallest first
/// @param takesPerSecond how many clients the server can take in a second, as far as the trials
///     show; null where no connection ended
/// @param kneeSeconds the knee of the windows; null if there is none
public record HerdSeries(
    Transport transport,
    @Nullable Double saidSeconds,
    List<HerdPoint> points,
    @Nullable Double takesPerSecond,
    @Nullable Double kneeSeconds) {

  public HerdSeries {
    points = List.copyOf(points);
  }

  /// The settings that all trials of a series share.
  private record Shared(
      Transport transport,
      @Nullable Double said,
      @Nullable Double hold,
      @Nullable Double spread,
      @Nullable Double window) {

    static Shared of(HerdTrial trial) {
      HerdSettings settings = trial.settings();
      boolean spread = trial.event() == HerdEvent.HOLD_END;
      boolean window = trial.event().endsConnections();
      return new Shared(
          trial.transport(),
          settings.saidSeconds(),
          settings.holdSeconds(),
          spread ? null : settings.holdSpread(),
          window ? null : settings.windowSeconds());
    }
  }

  /// The series of trials of the same event under the same conditions, in their order.
  static List<HerdSeries> of(List<HerdTrial> trials) {
    return trials.stream()
        .collect(groupingBy(Shared::of, LinkedHashMap::new, toList()))
        .values()
        .stream()
        .map(HerdSeries::one)
        .toList();
  }

  private static HerdSeries one(List<HerdTrial> trials) {
    List<HerdPoint> points =
        trials.stream()
            .collect(groupingBy(HerdTrial::settings, LinkedHashMap::new, toList()))
            .values()
            .stream()
            .map(HerdPoint::of)
            .sorted(comparingDouble(HerdSeries::varied))
            .toList();
    HerdTrial first = trials.getFirst();
    Double takes = first.event().endsConnections() ? Knee.takesPerSecond(trials) : null;
    List<HerdPoint> telling = points.stream().filter(it -> !it.isLimitedByClients()).toList();
    return new HerdSeries(
        first.transport(),
        first.settings().saidSeconds(),
        points,
        takes,
        takes == null ? null : Knee.of(telling, takes).map(HerdPoint::windowSeconds).orElse(null));
  }

  private static double varied(HerdPoint point) {
    HerdTrial trial = point.all().getFirst();
    Double spread = point.settings().holdSpread();
    return trial.event() == HerdEvent.HOLD_END && spread != null ? spread : point.windowSeconds();
  }

  /// The point at the knee.
  @JsonIgnore
  public Optional<HerdPoint> knee() {
    return points.stream().filter(this::isKnee).findFirst();
  }

  /// Whether `point`, one of this series, is the knee.
  public boolean isKnee(HerdPoint point) {
    return kneeSeconds != null && point.windowSeconds() == kneeSeconds;
  }

  /// The point of clients that try again at once.
  @JsonIgnore
  public Optional<HerdPoint> withoutWindow() {
    return points.stream().filter(point -> point.windowSeconds() == 0).findFirst();
  }
}
