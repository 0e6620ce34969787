package pushlab.bench.watch;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Counts what went wrong on a connection, and closes it.
final class Failures extends ChannelInboundHandlerAdapter {

  private final Tally tally;

  Failures(Tally tally) {
    this.tally = tally;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    tally.error(String.valueOf(cause.getMessage()));
    var _ = context.close();
  }
}
