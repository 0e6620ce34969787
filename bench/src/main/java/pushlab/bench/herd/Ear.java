package pushlab.bench.herd;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Tells a client that something has arrived. It is the handler next to the socket.
final class Ear extends ChannelInboundHandlerAdapter {

  private final Client client;

  Ear(Client client) {
    this.client = client;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    client.heard();
    context.fireChannelRead(message);
  }
}
