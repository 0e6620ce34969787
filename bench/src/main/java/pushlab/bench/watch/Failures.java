package pushlab.bench.watch;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import java.io.IOException;

/// Counts how a subscriber's connection ends: by an answer that is not what the contract promises,
/// upon which it is closed, or by the server. Stands last in the pipeline.
final class Failures extends ChannelInboundHandlerAdapter {

  private final Tally tally;
  private boolean failed;

  Failures(Tally tally) {
    this.tally = tally;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A connection that breaks is counted once it is inactive.
    if (!failed && !(cause instanceof IOException)) {
      failed = true;
      tally.error(
          cause instanceof WebSocketClientHandshakeException refused && refused.response() != null
              ? Answered.by("GET /ws", refused.response())
              : String.valueOf(cause.getMessage()));
    }
    var _ = context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!failed && !tally.leaving) {
      tally.disconnects++;
    }
    context.fireChannelInactive();
  }
}
