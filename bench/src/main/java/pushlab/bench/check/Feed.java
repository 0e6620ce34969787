package pushlab.bench.check;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;

/// A connection on which the server sends one version after another.
interface Feed extends AutoCloseable {

  /// A message from the server.
  ///
  /// @param id the id from which a client can resume, if the message has one
  record Message(String text, Optional<String> id) {}

  /// Opens feeds.
  @FunctionalInterface
  interface Opener {
    /// Opens a feed.
    ///
    /// @throws Broken if the server has such a feed but refuses the connection
    /// @throws Skipped if the server has no such feed
    /// @throws IOException if the server could not be reached
    Feed open() throws Broken, Skipped, IOException, InterruptedException;
  }

  /// A kind of feed of the server.
  record Kind(String name, Opener opener) {}

  /// The next message, or empty if none arrives within `atMost`.
  ///
  /// @throws Broken if the feed has ended
  Optional<Message> poll(Duration atMost) throws Broken, InterruptedException;

  /// An addition to the message that nothing has arrived.
  default String whyNothing() {
    return "";
  }

  /// Whether it may be that messages were sent, and a proxy in between holds them all back.
  default boolean mayBeHeldBack() {
    return false;
  }

  /// The first message, which is due within `atMost`.
  default Message first(Duration atMost) throws Broken, InterruptedException {
    Optional<Message> message = poll(atMost);
    if (message.isEmpty() && mayBeHeldBack()) {
      throw Broken.maybeBy(RoadFault.COLLECTS, nothing(atMost));
    }
    return message.orElseThrow(() -> new Broken(nothing(atMost)));
  }

  /// The next message, which is due within `atMost`.
  default Message next(Duration atMost) throws Broken, InterruptedException {
    return poll(atMost).orElseThrow(() -> new Broken(nothing(atMost)));
  }

  private String nothing(Duration atMost) {
    return "nothing arrived within " + Call.seconds(atMost) + whyNothing();
  }

  /// Closes the connection.
  @Override
  void close();
}
