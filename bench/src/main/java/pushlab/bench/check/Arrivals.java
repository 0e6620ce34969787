package pushlab.bench.check;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pushlab.bench.check.Feed.Message;
import pushlab.bench.check.Rule.Broken;

/// What came over a feed and was not looked at yet. Safe for use by several threads.
final class Arrivals {

  /// Without a message, it is the end, of which `whyEnd` tells.
  private record Arrival(@Nullable Message message, String whyEnd) {}

  /// More than any rule gives reason for; what goes on beyond would fill the memory.
  private static final int MOST = 200;

  private final BlockingQueue<Arrival> arrived = new LinkedBlockingQueue<>();

  /// Adds a message if there is room.
  ///
  /// @return whether there was; if not, its end is noted, and nothing more is to be read
  boolean add(Message message) {
    if (arrived.size() >= MOST) {
      end("it sent more than %d messages that nothing had caused".formatted(MOST));
      return false;
    }
    arrived.add(new Arrival(message, ""));
    return true;
  }

  /// Nothing more will come: the server ended the connection.
  void end() {
    end("the server ended the connection");
  }

  /// The same for another reason.
  void end(String why) {
    arrived.add(new Arrival(null, why));
  }

  /// What comes next, or nothing if that takes longer than `atMost`.
  ///
  /// @throws Broken if nothing more can come
  Optional<Message> poll(Duration atMost) throws Broken, InterruptedException {
    @Nullable Arrival next = arrived.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (next != null && next.message() == null) {
      throw new Broken(next.whyEnd());
    }
    return Optional.ofNullable(next).map(Arrival::message);
  }
}
