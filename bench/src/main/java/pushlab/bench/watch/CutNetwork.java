package pushlab.bench.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import pushlab.report.result.Repeat;

/// Measures how subscribers come through a time in which no packet passes.
final class CutNetwork {

  private final Loop loop;
  private final Counters counters;
  private final Subscribers subscribers;
  private final Publisher publisher;

  /// @param subscribers connected ones, of one task
  CutNetwork(Loop loop, Counters counters, Subscribers subscribers, Publisher publisher) {
    this.loop = loop;
    this.counters = counters;
    this.subscribers = subscribers;
    this.publisher = publisher;
  }

  /// Cuts `line` for `length`, publishes `load`'s only update in the middle of that time, and waits
  /// until every subscriber has it, or until `atMost` after packets pass again.
  ///
  /// @throws IOException if the line cannot be cut or restored
  CameThrough measure(Line line, WatchLoad load, Duration length, Duration atMost)
      throws IOException, InterruptedException {
    line.cut();
    long cut = System.nanoTime();
    var schedules = List.of(new Schedule(load, 0, cut + length.toNanos() / 2));
    try {
      loop.call(
          () -> {
            counters.start(schedules);
            return counters;
          });
      CompletableFuture<Void> published = publisher.publish(schedules);
      Thread.sleep(Duration.ofNanos(Math.max(0, cut + length.toNanos() - System.nanoTime())));
      published.join();
    } finally {
      line.restore();
    }
    long restored = System.nanoTime();
    loop.await(() -> subscribers.haveAll(schedules) || subscribers.haveLeft(), atMost);
    return loop.call(() -> cameThrough(schedules, restored, (restored - cut) / 1e9));
  }

  private CameThrough cameThrough(List<Schedule> schedules, long restored, double seconds) {
    var recovered = new Histogram(3);
    long missing = 0;
    for (Subscriber subscriber : subscribers.all()) {
      if (subscriber.hasAll(schedules)) {
        recovered.recordValue(Math.max(0, (subscriber.updatedAt() - restored) / 1000));
      } else {
        missing++;
      }
    }
    counters.schedules = List.of();
    Repeat.Faults faults = counters.faults();
    return new CameThrough(seconds, recovered, missing, faults.errors() + faults.disconnects());
  }
}
