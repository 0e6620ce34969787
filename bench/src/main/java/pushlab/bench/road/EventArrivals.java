package pushlab.bench.road;

import static java.util.Objects.requireNonNull;
import static pushlab.bench.road.Road.millis;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.road.Passage.Lateness;

/// When the events of one stream arrived at the client, by the version in their `id`. Not
/// thread-safe.
final class EventArrivals {

  private static final Pattern ID = Pattern.compile("id: ?[^\n]*-(\\d+)\r?\n");

  private final Map<Integer, Long> arrivals = new TreeMap<>();
  private final StringBuilder unread = new StringBuilder();
  private final Connection client;
  private boolean ended;
  private @Nullable Integer status;

  EventArrivals(Connection client) {
    this.client = client;
  }

  /// Waits for an event. Returns whether it has arrived.
  boolean await(int version, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!ended && !arrivals.containsKey(version)) {
      Optional<Heard> next = client.next(Duration.ofNanos(deadline - System.nanoTime()));
      if (next.isEmpty()) {
        break;
      }
      switch (next.get()) {
        case Heard.Text text -> read(text);
        case Heard.Complete _, Heard.Closed _ -> ended = true;
        case Heard.Head head -> status = head.status();
        case Heard.CloseFrame _ -> {
          // No event.
        }
      }
    }
    return arrivals.containsKey(version);
  }

  private void read(Heard.Text text) {
    unread.append(text.text());
    Matcher id = ID.matcher(unread);
    int end = 0;
    while (id.find()) {
      arrivals.putIfAbsent(Integer.parseInt(id.group(1)), text.nanos());
      end = id.end();
    }
    unread.delete(0, end);
  }

  /// The status of the answer; null if it has not begun.
  @Nullable Integer status() {
    return status;
  }

  /// How late the events were.
  ///
  /// @param versions of the events that were sent, at least one
  /// @param sent the moments at which they were sent
  Lateness lateness(int[] versions, long[] sent) {
    double[] later =
        IntStream.range(1, sent.length)
            .filter(i -> arrivals.containsKey(versions[i]))
            .mapToDouble(i -> lateness(versions[i], sent[i]))
            .sorted()
            .toArray();
    Double first = arrivals.containsKey(versions[0]) ? lateness(versions[0], sent[0]) : null;
    return new Lateness(
        first,
        later.length == 0 ? null : median(later),
        sent.length,
        later.length + (first == null ? 0 : 1));
  }

  /// An event may arrive before the moment that is known of its sending.
  private double lateness(int version, long sent) {
    return Math.max(0, millis(sent, requireNonNull(arrivals.get(version))));
  }

  /// The median of sorted values, at least one.
  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
