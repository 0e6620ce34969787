package pushlab.bench.herd;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import pushlab.bench.net.ServerAddress;
import pushlab.report.result.Transport;

/// Polls: one request for each answer, on the same connection as long as the server keeps it.
record PollWay(Transport transport, ServerAddress address) implements Way {

  private static final int LONGEST_ANSWER = 64 * 1024;

  @Override
  public void prepare(ChannelPipeline connection, Client client) {
    connection
        .addLast(new HttpResponseDecoder())
        .addLast(new HttpObjectAggregator(LONGEST_ANSWER))
        .addLast(new Answers(client));
  }

  @Override
  public void ask(Channel connection, Client client) {
    Position seen = client.seen();
    if (isHeld()) {
      Way.get(connection, address, "/poll-status" + seen.query(), "");
    } else {
      String known = seen.version() < 0 ? "" : "if-none-match: \"%s\"\r\n".formatted(seen.tag());
      Way.get(connection, address, "/status", known);
    }
  }

  private boolean isHeld() {
    return transport == Transport.LONG_POLLING;
  }

  private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {

    private final Client client;

    private Answers(Client client) {
      this.client = client;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
      int status = answer.status().code();
      if (!HttpUtil.isKeepAlive(answer)) {
        var _ = context.close();
      }
      if (Way.isTooBusy(status)) {
        Way.obeyRetryAfter(answer.headers(), client);
        client.turnedAway();
        return;
      }
      switch (status) {
        case 200 -> client.received(answer.content());
        case 204 -> client.holdEnded();
        case 304 -> client.served();
        default -> {
          client.failed(new IOException("the server answered " + answer.status()));
          return;
        }
      }
      client.goOnIn(isHeld() ? 0 : Habits.INTERVAL.toNanos());
    }
  }
}
