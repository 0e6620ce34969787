package pushlab.bench.watch;

import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.NetworkUse;
import pushlab.report.result.Nodes;
import pushlab.report.result.Noise;
import pushlab.report.result.Percentiles;
import pushlab.report.result.Repeat;
import pushlab.report.result.ServerUse;
import pushlab.report.result.Transport;

/// What the watch measured in one repeat: the part of [Repeat] that the watch can know.
///
/// @param seconds from the first update until the last subscriber had the last update
/// @param connections new connections during the measurement, after the server had closed the
///     previous one in good order
/// @param firstError the first of the errors in words, or null if there was none
/// @param nodes one entry for each node, in the order of the target
public record Measured(
    double seconds,
    Repeat.Updates updates,
    Repeat.Deliveries deliveries,
    Latency latency,
    Repeat.Traffic traffic,
    long connections,
    Repeat.Instrument instrument,
    Repeat.Faults faults,
    @Nullable String firstError,
    List<OfNode> nodes) {

  public Measured {
    nodes = List.copyOf(nodes);
  }

  /// How late subscribers received updates. The histograms are in microseconds.
  ///
  /// @param raw one value for each delivery, from the moment its update was sent. This is what an
  ///     instrument measures that times only what arrives.
  /// @param corrected one value for each update and subscriber, from the moment the update was due
  ///     until the subscriber had it or a later one. A skipped or late update counts in full.
  /// @param untilLast one value for each update, from the moment it was sent until the last
  ///     subscriber had it or a later one
  /// @param answers one value for each update, from the moment it was sent until the server
  ///     answered it with 200
  /// @param stalenessMillis the average age of what subscribers show, over subscribers and time;
  ///     the age is 0 while it is up to date
  public record Latency(
      Histogram raw,
      Histogram corrected,
      Histogram untilLast,
      Histogram answers,
      double stalenessMillis) {

    Repeat.Delays toDelays() {
      return new Repeat.Delays(
          Percentiles.of(raw),
          Percentiles.of(corrected),
          Percentiles.of(untilLast),
          Percentiles.of(answers),
          stalenessMillis);
    }
  }

  /// What the subscribers of one node received.
  ///
  /// @param corrected as in [Latency]
  public record OfNode(int subscribers, long delivered, Histogram corrected) {}

  /// Whether no subscriber received any update.
  public boolean deliveredNothing() {
    return deliveries.delivered() == 0;
  }

  /// Why no subscriber received an update by `transport`, as far as is known.
  public String whyNothing(Transport transport) {
    String cause =
        firstError != null
            ? firstError
            : faults.disconnects() > 0
                ? "the server closed a connection without an answer"
                : updates.notSent() == updates.due()
                    ? "the update could not be sent"
                    : "no subscriber received the status that POST /update-status had set";
    return "it delivered nothing by %s: %s".formatted(transport, cause);
  }

  /// Repeat `number` of a cell: these figures, and those that the watch cannot know.
  ///
  /// @param network what the network was and did, or null over loopback
  /// @param nodeMicros CPU time of each node, or null where it is not known
  public Repeat toRepeat(
      int number,
      ServerUse server,
      List<@Nullable Long> nodeMicros,
      @Nullable Long storeMicros,
      Noise noise,
      double connectMillis,
      @Nullable NetworkUse network) {
    return new Repeat(
        number,
        seconds,
        updates,
        deliveries,
        latency.toDelays(),
        traffic,
        server,
        instrument,
        connectMillis,
        faults,
        noise,
        new Nodes(nodes(nodeMicros), storeMicros),
        connections,
        network);
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
