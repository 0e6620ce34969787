package pushlab.bench.check;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;

/// A connection on which the server tells of one version after the other.
interface Feed extends AutoCloseable {

  /// What the server sent.
  ///
  /// @param id by which a client goes on after it, if it has one
  record Message(String text, Optional<String> id) {}

  /// Connects.
  @FunctionalInterface
  interface Opener {
    /// A feed on which nothing was read yet.
    ///
    /// @throws Broken if the server has such a feed and does not let one in
    /// @throws Skipped if it has none
    /// @throws IOException if the server could not be asked
    Feed open() throws Broken, Skipped, IOException, InterruptedException;
  }

  /// What comes next, or nothing if that takes longer than `atMost`.
  ///
  /// @throws Broken if nothing more can come
  Optional<Message> poll(Duration atMost) throws Broken, InterruptedException;

  /// What else there is to say when nothing has come.
  default String whyNothing() {
    return "";
  }

  /// What comes next, which is due within `atMost`.
  default Message next(Duration atMost) throws Broken, InterruptedException {
    return poll(atMost)
        .orElseThrow(
            () -> new Broken("nothing came within " + Call.seconds(atMost) + whyNothing()));
  }

  /// Leaves.
  @Override
  void close();
}
