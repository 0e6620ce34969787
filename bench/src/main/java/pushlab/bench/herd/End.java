package pushlab.bench.herd;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Lets a client ask once it is connected, and tells it of the end of its connection. It is the
/// last handler.
final class End extends ChannelInboundHandlerAdapter {

  private final Client client;

  End(Client client) {
    this.client = client;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    client.heard();
    client.ask();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    client.ended(context.channel());
  }

  /// The connection was reset, or carries something else than the transport.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
