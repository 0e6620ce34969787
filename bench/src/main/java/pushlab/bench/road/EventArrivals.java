package pushlab.bench.road;

import static pushlab.bench.road.Road.millis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.road.Passage.Lateness;

/// When the events of one stream arrived at the client, by the version in their `id`. Not
/// thread-safe.
final class EventArrivals {

  private static final double NEVER = Double.POSITIVE_INFINITY;
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

  /// How late the events were. One that arrives only after the next was caused has not arrived: a
  /// proxy that holds back a part of each event passes it on with the next one, whenever that is.
  ///
  /// @param versions of the events that were sent, an even number
  /// @param caused the moments at which they were caused
  /// @param sent the moments at which they were sent
  Lateness lateness(int[] versions, long[] caused, long[] sent) {
    Double first = null;
    var later = new ArrayList<Double>();
    for (int i = 0; i < versions.length; i++) {
      long limit = i + 1 < versions.length ? caused[i + 1] : System.nanoTime();
      long arrival = arrivals.getOrDefault(versions[i], limit);
      // An event may arrive before the moment that is known of its sending.
      double late = arrival - limit < 0 ? Math.max(0, millis(sent[i], arrival)) : NEVER;
      if (i > 0) {
        later.add(late);
      } else if (late < NEVER) {
        first = late;
      }
    }
    int arrived = (int) later.stream().filter(late -> late < NEVER).count();
    return new Lateness(first, median(later), versions.length, arrived + (first == null ? 0 : 1));
  }

  /// The middle one of an odd number of values; null if that event has not arrived.
  private static @Nullable Double median(List<Double> values) {
    double middle = values.stream().sorted().toList().get(values.size() / 2);
    return middle < NEVER ? middle : null;
  }
}
