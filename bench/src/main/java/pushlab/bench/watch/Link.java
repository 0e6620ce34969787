package pushlab.bench.watch;

import io.netty.channel.ChannelHandler;

/// The connection of a subscriber, and those that replace it: a server may close each connection
/// after its answer (HTTP/1.0, or `Connection: close`: RFC 9112, section 9.6). To be used on the
/// event loop only.
interface Link {

  /// Gives up the current connection, on which every request has been answered. Its end is not a
  /// fault. The subscriber calls [#connect] when it needs another one.
  void end();

  /// Opens a new connection. `client` sends its request once it is connected.
  void connect(ChannelHandler client);
}
