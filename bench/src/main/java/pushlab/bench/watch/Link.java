package pushlab.bench.watch;

/// The connection of a subscriber, and those that replace it. To be used on the loop only.
interface Link {

  /// Opens the connection, and runs `connected` once it is open.
  void start(Runnable connected);

  /// Whether the subscriber is connected or about to be.
  boolean isThere();

  /// Shuts down the output. The server then closes its end, once it has removed the subscriber.
  void leave();

  /// Closes the connection.
  void close();
}
