package pushlab.bench.watch;

import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Nodes;
import pushlab.report.result.Noise;
import pushlab.report.result.Percentiles;
import pushlab.report.result.Repeat;
import pushlab.report.result.ServerUse;
import pushlab.report.result.Transport;

/// What the watch saw of one repeat; the parts of [Repeat] that are its
/// own to know.
///
/// @param raw of each delivery, in microseconds since its update was sent: what an instrument sees
///     that times what it gets
/// @param corrected of each update and subscriber, in microseconds since the update was due until
///     the subscriber held it or a later one: what was skipped, or sent late, counts in full
/// @param untilLast from the moment an update was sent until the last subscriber held it or a later
///     one, in microseconds
/// @param answers from the moment an update was sent until the server answered it by 200, in
///     microseconds
/// @param connections that clients made meanwhile, since the server had ended the one before in
///     good order
/// @param payloadBytes of the snapshots alone
/// @param cpuMicros CPU time of the two threads that publish and receive
/// @param loopShare how much of its time the subscribers' event loop was busy, from 0 to 1
/// @param firstError what the first of the errors was, or null where there was none
/// @param nodes what the subscribers of each node saw, in the target's order
public record Measured(
    double seconds,
    long updatesDue,
    long updatesNotSent,
    long expected,
    long delivered,
    long skipped,
    long missing,
    long repeated,
    long backward,
    Histogram raw,
    Histogram corrected,
    Histogram untilLast,
    Histogram answers,
    double stalenessMillis,
    long connections,
    long requests,
    long bytesOut,
    long bytesIn,
    long payloadBytes,
    long cpuMicros,
    double loopShare,
    long errors,
    long disconnects,
    @Nullable String firstError,
    List<OfNode> nodes) {

  public Measured {
    nodes = List.copyOf(nodes);
  }

  /// What the subscribers of one node saw.
  ///
  /// @param corrected as that of all
  public record OfNode(int subscribers, long delivered, Histogram corrected) {}

  /// Whether no update came to anybody.
  public boolean deliveredNothing() {
    return delivered == 0;
  }

  /// Why no update came to anybody by `transport`, as far as is known.
  public String whyNothing(Transport transport) {
    String cause =
        firstError != null
            ? firstError
            : disconnects > 0
                ? "the server closed a connection without an answer"
                : updatesNotSent == updatesDue
                    ? "the update could not be sent"
                    : "its subscribers never held what POST /update-status had set";
    return "it delivered nothing by %s: %s".formatted(transport, cause);
  }

  /// These figures as repeat `number` of a cell, with those that the watch cannot know.
  ///
  /// @param nodeMicros CPU time of each node, or null where that is not known
  public Repeat toRepeat(
      int number,
      ServerUse server,
      List<@Nullable Long> nodeMicros,
      @Nullable Long storeMicros,
      Noise noise,
      double connectMillis) {
    return new Repeat(
        number,
        seconds,
        new Repeat.Updates(updatesDue, updatesNotSent),
        new Repeat.Deliveries(expected, delivered, skipped, missing, repeated, backward),
        new Repeat.Delays(
            Percentiles.of(raw),
            Percentiles.of(corrected),
            Percentiles.of(untilLast),
            Percentiles.of(answers),
            stalenessMillis),
        new Repeat.Traffic(requests, bytesOut, bytesIn, payloadBytes),
        server,
        new Repeat.Instrument(cpuMicros, loopShare),
        connectMillis,
        new Repeat.Faults(errors, disconnects),
        noise,
        new Nodes(nodes(nodeMicros), storeMicros),
        connections);
  }

  private List<Nodes.Node> nodes(List<@Nullable Long> micros) {
    return IntStream.range(0, nodes.size())
        .mapToObj(
            place -> {
              OfNode node = nodes.get(place);
              return new Nodes.Node(
                  node.subscribers(),
                  node.delivered(),
                  Percentiles.of(node.corrected()),
                  micros.get(place));
            })
        .toList();
  }
}
