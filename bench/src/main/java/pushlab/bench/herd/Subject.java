package pushlab.bench.herd;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import pushlab.bench.net.ServerAddress;

/// The server that a herd loses and comes back to.
interface Subject extends AutoCloseable {

  /// Where its clients reach it, whether it runs or not.
  ServerAddress address();

  /// Where the publisher reaches it. A network that is cut does not lie between.
  ServerAddress publisher();

  /// Stops it gracefully, starts it again at the same address, and returns once it answers.
  void restart() throws IOException, InterruptedException;

  /// Kills it, starts it again at the same address, and returns once it answers.
  void killAndStart() throws IOException, InterruptedException;

  /// From now on no packet passes between it and its clients.
  ///
  /// @throws IOException if there is no network that can be cut
  void cut() throws IOException;

  /// Packets pass again.
  ///
  /// @throws IOException if the network has ended
  void restore() throws IOException;

  /// The CPU time of all its processes so far; empty if it is unknown.
  Optional<Duration> cpuTime();

  /// Ends it.
  @Override
  void close();
}
