package pushlab.bench.watch;

import io.netty.channel.ChannelHandler;

/// What joins one subscriber to its server: connections, one after the other where the server ends
/// each once it has answered (HTTP/1.0, or `Connection: close`: RFC 9112, section 9.6). For the
/// thread of the event loop alone.
interface Line {

  /// All that was asked on the present connection is answered, and it is of no more use: that it
  /// ends is no failure. The subscriber stays, and asks [#connect] for the next one.
  void end();

  /// Connects anew; `client` asks once the connection is there.
  void connect(ChannelHandler client);
}
