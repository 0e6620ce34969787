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

  /// The next message, or empty if none arrives within `atMost`.
  ///
  /// @throws Broken if the feed has ended
  Optional<Message> poll(Duration atMost) throws Broken, InterruptedException;

  /// An addition to the message that nothing has arrived.
  default String whyNothing() {
    return "";
  }

  /// The next message, which is due within `atMost`.
  default Message next(Duration atMost) throws Broken, InterruptedException {
    return poll(atMost)
        .orElseThrow(
            () -> new Broken("nothing arrived within " + Call.seconds(atMost) + whyNothing()));
  }

  /// Closes the connection.
  @Override
  void close();
}
