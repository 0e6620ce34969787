package pushlab.bench.watch;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import java.io.IOException;

/// Counts connections that end before their time: because of an answer that breaks the contract,
/// after which the watch closes the connection, or because the server closes it. It is the last
/// handler of a pipeline.
final class Failures extends ChannelInboundHandlerAdapter {

  private final Counters counters;
  private boolean failed;

  Failures(Counters counters) {
    this.counters = counters;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A broken connection is counted when it becomes inactive.
    if (!failed && !(cause instanceof IOException)) {
      failed = true;
      counters.error(
          cause instanceof WebSocketClientHandshakeException refused && refused.response() != null
              ? Answered.handshake(refused.response())
              : String.valueOf(cause.getMessage()));
    }
    var _ = context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!failed && !counters.leaving) {
      counters.disconnects++;
    }
    context.fireChannelInactive();
  }
}
