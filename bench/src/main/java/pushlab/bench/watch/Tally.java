package pushlab.bench.watch;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// What all subscribers of one repeat count together. Not thread-safe: they share one event loop.
final class Tally {

  final SnapshotReader snapshots = new SnapshotReader();

  Histogram raw = new Histogram(3);

  /// From the moment an update was sent until the last subscriber held it or a later one.
  Histogram untilLast = new Histogram(3);

  /// The schedule of each task, while it is measured.
  List<Schedule> schedules = List.of();

  /// Whether the end of a connection is our own doing from now on.
  boolean leaving;

  /// What the subscribers of each node counted by themselves.
  final List<OfNode> nodes;

  int ready;

  /// When the last that is ready became so, of [System#nanoTime].
  long lastReady;

  /// When a subscriber last got an update, of [System#nanoTime]; null while none has.
  @Nullable Long lastHeld;

  long repeated;
  long backward;
  long connections;
  long requests;
  long bytesOut;
  long bytesIn;
  long payloadBytes;
  long errors;
  long disconnects;
  @Nullable String firstError;

  /// How many subscribers hold each update of each schedule, by its number.
  private final Map<Schedule, int[]> holders = new HashMap<>();

  /// The age of what each subscriber showed, summed over subscribers and time, in seconds squared.
  double staleArea;

  /// What the subscribers of one node counted.
  static final class OfNode {
    int subscribers;
    long delivered;
    final Histogram corrected = new Histogram(3);

    Measured.OfNode seen() {
      return new Measured.OfNode(subscribers, delivered, corrected);
    }
  }

  /// Of subscribers that are spread over so many `nodes`.
  Tally(int nodes) {
    this.nodes = Stream.generate(OfNode::new).limit(nodes).toList();
  }

  /// Forgets what was counted while connecting, and counts deliveries of `measured` from now on,
  /// which are none while nothing is updated.
  void start(List<Schedule> measured) {
    schedules = measured;
    nodes.forEach(node -> node.delivered = 0);
    repeated = 0;
    backward = 0;
    connections = 0;
    requests = 0;
    bytesOut = 0;
    bytesIn = 0;
    payloadBytes = 0;
    staleArea = 0;
    lastHeld = null;
    measured.forEach(schedule -> holders.put(schedule, new int[schedule.updates()]));
  }

  /// A subscriber of `node` was told of `update` of `of`.
  void told(OfNode node, Schedule of, int update, long now) {
    node.delivered++;
    raw.recordValue(micros(now - of.sent(update)));
  }

  /// One more subscriber, one of `node`, holds `update` of `of`, or a later one.
  void held(OfNode node, Schedule of, int update, long now) {
    node.corrected.recordValue(micros(now - of.due(update)));
    lastHeld = now;
    int[] holding = requireNonNull(holders.get(of));
    if (++holding[update] == of.subscribers()) {
      untilLast.recordValue(micros(now - of.sent(update)));
    }
  }

  /// Of the subscribers of all nodes together.
  Histogram corrected() {
    var all = new Histogram(3);
    nodes.forEach(node -> all.add(node.corrected));
    return all;
  }

  void error(String what) {
    errors++;
    if (firstError == null) {
      firstError = what;
    }
  }

  /// A subscriber showed until now what was replaced when update `replacing` of `of` was sent.
  void stale(Schedule of, int replacing, long now) {
    double seconds = (now - of.sent(replacing)) / 1e9;
    staleArea += seconds * seconds / 2;
  }

  private static long micros(long nanos) {
    return Math.max(0, nanos / 1000);
  }
}
