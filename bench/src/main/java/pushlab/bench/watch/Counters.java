package pushlab.bench.watch;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import pushlab.bench.net.SnapshotParser;
import pushlab.report.result.Repeat;

/// What all subscribers of one repeat count together. Not thread-safe: they share one event loop.
final class Counters {

  /// In place of the first byte of a connection: these bytes are not its first.
  static final int LATER = -1;

  /// The first byte of the alert with which a TLS server refuses a request in clear text (RFC 8446,
  /// section 5.1).
  private static final int TLS_ALERT = 21;

  final SnapshotParser snapshots = new SnapshotParser();

  /// When the bytes that are being handled were read from their socket, in [System#nanoTime].
  long readAt;

  Histogram raw = new Histogram(3);

  /// As in [Measured.Latency].
  Histogram untilLast = new Histogram(3);

  /// The schedule of each task while it is measured; empty at any other time.
  List<Schedule> schedules = List.of();

  /// Whether the watch is closing its connections, so that the end of one is no fault.
  boolean leaving;

  /// What the subscribers of each node count by themselves.
  final List<NodeCounters> nodes;

  /// How many subscribers have their first snapshot.
  int ready;

  /// When the last of these got it, in [System#nanoTime].
  long lastReady;

  /// How long each of these took, from its connection attempt on, in microseconds.
  final Histogram connects = new Histogram(3);

  /// When a subscriber last received an update, in [System#nanoTime]; null before the first.
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

  /// How many subscribers hold each update of each schedule, by the update's number.
  private final Map<Schedule, int[]> holders = new HashMap<>();

  /// The age of what each subscriber shows, summed over subscribers and time, in seconds squared.
  double staleArea;

  /// What the subscribers of one node count.
  static final class NodeCounters {
    int subscribers;
    long delivered;
    final Histogram corrected = new Histogram(3);

    Measured.OfNode result() {
      return new Measured.OfNode(subscribers, delivered, corrected);
    }
  }

  /// Counters for subscribers that are spread over `nodes` nodes.
  Counters(int nodes) {
    this.nodes = Stream.generate(NodeCounters::new).limit(nodes).toList();
  }

  /// Drops what was counted while connecting. From now on the updates of `measured` are counted; an
  /// empty list measures a time without updates.
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

  /// A subscriber that began to connect at `begun` has its first snapshot.
  void connected(long begun, long now) {
    ready++;
    lastReady = now;
    connects.recordValue(micros(now - begun));
  }

  /// `length` bytes were read from a socket just now.
  ///
  /// @param first the first byte of the connection, or [#LATER]
  void read(int length, int first) {
    readAt = System.nanoTime();
    bytesOut += length;
    if (first == TLS_ALERT) {
      error("the server speaks TLS, which the instruments do not support");
    }
  }

  /// A subscriber of `node` received `update` of `schedule`.
  void delivered(NodeCounters node, Schedule schedule, int update, long now) {
    node.delivered++;
    raw.recordValue(micros(now - schedule.sent(update)));
  }

  /// One more subscriber of `node` holds `update` of `schedule`, or a later update.
  void held(NodeCounters node, Schedule schedule, int update, long now) {
    node.corrected.recordValue(micros(now - schedule.due(update)));
    lastHeld = now;
    int[] holding = requireNonNull(holders.get(schedule));
    if (++holding[update] == schedule.subscribers()) {
      untilLast.recordValue(micros(now - schedule.sent(update)));
    }
  }

  /// The corrected latency of all nodes together.
  Histogram corrected() {
    var all = new Histogram(3);
    nodes.forEach(node -> all.add(node.corrected));
    return all;
  }

  /// Versions that subscribers of all nodes received.
  long delivered() {
    return nodes.stream().mapToLong(node -> node.delivered).sum();
  }

  Repeat.Traffic traffic() {
    return new Repeat.Traffic(requests, bytesOut, bytesIn, payloadBytes);
  }

  Repeat.Faults faults() {
    return new Repeat.Faults(errors, disconnects);
  }

  void error(String what) {
    errors++;
    if (firstError == null) {
      firstError = what;
    }
  }

  /// Until now a subscriber showed a status that update `replacing` of `schedule` had replaced.
  void stale(Schedule schedule, int replacing, long now) {
    double seconds = (now - schedule.sent(replacing)) / 1e9;
    staleArea += seconds * seconds / 2;
  }

  private static long micros(long nanos) {
    return Math.max(0, nanos / 1000);
  }
}
