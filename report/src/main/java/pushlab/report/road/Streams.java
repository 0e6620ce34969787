package pushlab.report.road;

import org.jspecify.annotations.Nullable;
import pushlab.report.result.road.Passage.Lateness;
import pushlab.report.text.Phrase;

/// What a proxy does to the events of a stream.
final class Streams {

  /// An event that is later than this was delayed by the proxy, in milliseconds.
  private static final double LATE = 50;

  /// A stream whose events are later than this is collected: no page can use it, in milliseconds.
  private static final double COLLECTED = 1000;

  private Streams() {}

  static Reading events(Lateness events) {
    return lateness(events, "road.events");
  }

  static Reading compressed(Lateness events) {
    return lateness(events, "road.compressed");
  }

  private static Reading lateness(Lateness events, String key) {
    Double first = events.firstMillis();
    if (first == null || events.arrived() == 0) {
      Phrase value = Phrase.of("road.events.end");
      return Reading.fails(value, value, Phrase.of(key + ".collected.means"));
    }
    Double later = events.laterMillis();
    boolean some = 2 * events.arrived() < events.sent();
    if (some || first > COLLECTED || (later != null && later > COLLECTED)) {
      Phrase value =
          Phrase.of(
              "road.events.collected",
              Numbers.millis(first),
              Numbers.count(events.arrived()),
              Numbers.count(events.sent()));
      return Reading.fails(
          value,
          Phrase.of("road.events.late", Numbers.millis(first)),
          Phrase.of(key + ".collected.means"));
    }
    Phrase value = value(first, later);
    double usual = later == null ? first : later;
    return usual > LATE
        ? Reading.limited(
            value,
            Phrase.of("road.events.late", Numbers.millis(usual)),
            Phrase.of(key + ".late.means", Numbers.millis(usual)))
        : Reading.passes(value, Phrase.of(key + ".passes.means"));
  }

  private static Phrase value(double first, @Nullable Double later) {
    return later == null
        ? Phrase.of("road.events.late", Numbers.millis(first))
        : Phrase.of("road.events.both", Numbers.millis(later), Numbers.millis(first));
  }
}
