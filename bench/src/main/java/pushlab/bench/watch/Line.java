package pushlab.bench.watch;

import io.netty.channel.ChannelHandler;

/// What joins one subscriber to its server: connections, one after the other where the server ends
/// each once it has answered (HTTP/1.0, or `Connection: close`: RFC 9112, section 9.6). For the
/// thread of the event loop alone.
interface Line {

  /// Whatever was asked on the present connection is answered, and it is of no use any more: its
  // end
  /// is no failure. The subscriber stays, and will ask [#connect] for the next one.
  void end();

  /// Connects anew, upon which `client` asks.
  void connect(ChannelHandler client);
}
