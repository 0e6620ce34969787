package pushlab.server.net.loop;

/// The owner of a connection, who gives it to a [EventLoop]. The loop gives it back, or ends it. It
/// calls one of these methods, once; they must not block.
public interface Owner {

  /// The loop does not serve the connection any more. It is in blocking mode again.
  void takeBack(GivenBack back);

  /// The connection has ended, and is closed.
  void ended();
}
