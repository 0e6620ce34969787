package pushlab.report.road;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Transport;
import pushlab.report.result.road.Aspect;
import pushlab.report.result.road.Passage;
import pushlab.report.text.Phrase;

/// How one transport gets through one proxy.
///
/// @param limits why it does not pass, or within which limits it does
/// @param rows the aspects that it rests on, those with a limit or a failure
/// @param holdSeconds how long to hold a poll at most, with a margin; null where nothing is held
/// @param holdLimit after how many seconds the proxy ends a held poll; null if it did not
/// @param heartbeatSeconds how often to send a heartbeat at least, with a margin; null where there
///     are none
/// @param silenceLimit after how many seconds of silence the proxy ends it; null if it did not
public record Crossing(
    Transport transport,
    Effect effect,
    List<Phrase> limits,
    List<Aspect> rows,
    @Nullable Double holdSeconds,
    @Nullable Double holdLimit,
    @Nullable Double heartbeatSeconds,
    @Nullable Double silenceLimit) {

  public Crossing {
    limits = List.copyOf(limits);
    rows = List.copyOf(rows);
  }

  /// How each transport passes.
  public static List<Crossing> of(Passage passage) {
    return Arrays.stream(Transport.values()).map(transport -> of(transport, passage)).toList();
  }

  /// How `transport` passes.
  public static Crossing of(Transport transport, Passage passage) {
    return switch (transport) {
      case SHORT_POLLING -> shortPolls(passage);
      case LONG_POLLING -> held(transport, passage, Aspect.HOLD, Aspect.EQUAL_POLLS, Aspect.POLLS);
      case SERVER_SENT_EVENTS, NDJSON_STREAM ->
          pushed(transport, passage, Aspect.SILENT_STREAM, Aspect.EVENTS);
      case WEBSOCKET -> pushed(transport, passage, Aspect.SILENT_SOCKET, Aspect.WEB_SOCKET);
    };
  }

  /// An answer that comes at once passes wherever a held one arrived, or was ended by the proxy.
  private static Crossing shortPolls(Passage passage) {
    Effect held = Reading.of(Aspect.HOLD, passage).effect();
    return new Crossing(
        Transport.SHORT_POLLING,
        held == Effect.UNKNOWN ? Effect.UNKNOWN : Effect.PASSES,
        List.of(),
        List.of(),
        null,
        null,
        null,
        null);
  }

  private static Crossing held(Transport transport, Passage passage, Aspect hold, Aspect... more) {
    Reading first = Reading.of(hold, passage);
    Parts parts = Parts.of(passage, hold, more);
    Double limit = first.effect() == Effect.LIMITED ? first.amount() : null;
    return new Crossing(
        transport,
        parts.effect(),
        parts.limits(),
        parts.rows(),
        first.amount() == null ? null : atMost(first.amount(), limit, Margin.USUAL_HOLD),
        limit,
        null,
        null);
  }

  private static Crossing pushed(
      Transport transport, Passage passage, Aspect silence, Aspect first) {
    Reading silent = Reading.of(silence, passage);
    Parts parts = Parts.of(passage, first, silence);
    Double limit = silent.effect() == Effect.LIMITED ? silent.amount() : null;
    return new Crossing(
        transport,
        parts.effect(),
        parts.limits(),
        parts.rows(),
        null,
        null,
        silent.amount() == null ? null : atMost(silent.amount(), limit, Margin.USUAL_HEARTBEAT),
        limit);
  }

  /// What passed was not tried for longer.
  private static double atMost(double seen, @Nullable Double limit, double usual) {
    return limit == null ? Math.min(seen, usual) : Margin.below(limit, usual);
  }

  /// What the aspects of a transport say together: the first decides whether it passes at all, the
  /// others can limit it.
  private record Parts(Effect effect, List<Phrase> limits, List<Aspect> rows) {

    static Parts of(Passage passage, Aspect first, Aspect... more) {
      Effect effect = Reading.of(first, passage).effect();
      if (effect == Effect.UNKNOWN) {
        return new Parts(effect, List.of(), List.of(first));
      }
      var limits = new ArrayList<Phrase>();
      var rows = new ArrayList<Aspect>();
      var aspects = new ArrayList<Aspect>();
      aspects.add(first);
      if (effect != Effect.FAILS) {
        aspects.addAll(List.of(more));
      }
      for (Aspect aspect : aspects) {
        Reading reading = Reading.of(aspect, passage);
        if (reading.effect() == Effect.LIMITED || reading.effect() == Effect.FAILS) {
          effect = effect == Effect.FAILS ? effect : Effect.LIMITED;
          limits.add(reading.brief());
          rows.add(aspect);
        }
      }
      return new Parts(effect, limits, rows);
    }
  }

  /// The effect and the limits in a few words, for example `< 60 s`.
  public Phrase brief() {
    return limits.isEmpty() ? effect.phrase() : Phrase.joined(", ", limits);
  }
}
