package pushlab.bench.check;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pushlab.bench.check.Feed.Message;
import pushlab.bench.check.Rule.Broken;

/// The messages of a feed that have arrived and have not been read yet. Thread-safe.
final class Arrivals {

  /// A message, or if it is null the end of the feed for the reason `whyEnd`.
  private record Arrival(@Nullable Message message, String whyEnd) {}

  /// More messages than any rule can cause. The limit protects the memory.
  private static final int MOST = 200;

  private final BlockingQueue<Arrival> arrived = new LinkedBlockingQueue<>();

  /// Adds a message.
  ///
  /// @return false if there are too many; then the feed has ended, and the caller should read no
  ///     more
  boolean add(Message message) {
    if (arrived.size() >= MOST) {
      end("it sent more than %d messages without a cause".formatted(MOST));
      return false;
    }
    arrived.add(new Arrival(message, ""));
    return true;
  }

  /// Ends the feed because the server has closed the connection.
  void end() {
    end("the server ended the connection");
  }

  /// Ends the feed for the reason `why`.
  void end(String why) {
    arrived.add(new Arrival(null, why));
  }

  /// The next message, or empty if none arrives within `atMost`.
  ///
  /// @throws Broken if the feed has ended
  Optional<Message> poll(Duration atMost) throws Broken, InterruptedException {
    @Nullable Arrival next = arrived.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (next != null && next.message() == null) {
      throw new Broken(next.whyEnd());
    }
    return Optional.ofNullable(next).map(Arrival::message);
  }
}
