package pushlab.bench.road;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpScheme;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// A client's HTTP/2 connection to a proxy. As browsers do, it keeps a request back while the proxy
/// allows no more streams.
final class Http2Connection implements AutoCloseable {

  private final AtomicInteger ended = new AtomicInteger();
  private final Channel channel;
  private final URI proxy;

  Http2Connection(Channel channel, URI proxy) {
    this.channel = channel;
    this.proxy = proxy;
  }

  /// The handlers of its channel.
  ///
  /// @param settings is completed when the proxy has said how many streams it allows
  static ChannelHandler[] handlers(CompletableFuture<?> settings) {
    return new ChannelHandler[] {
      Http2FrameCodecBuilder.forClient().encoderEnforceMaxConcurrentStreams(true).build(),
      new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
      new ChannelInboundHandlerAdapter() {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
          if (message instanceof Http2SettingsFrame) {
            settings.complete(null);
          }
          ReferenceCountUtil.release(message);
        }
      }
    };
  }

  /// Sends a GET in a stream of its own.
  void get(String target) {
    Http2Headers headers =
        new DefaultHttp2Headers()
            .method(HttpMethod.GET.asciiName())
            .scheme(HttpScheme.HTTP.name())
            .authority(proxy.getRawAuthority())
            .path(target);
    new Http2StreamChannelBootstrap(channel)
        .handler(new Stream())
        .open()
        .addListener(
            opened -> {
              if (opened.getNow() instanceof Http2StreamChannel stream) {
                var _ = stream.writeAndFlush(new DefaultHttp2HeadersFrame(headers, true));
              } else {
                ended.incrementAndGet();
              }
            });
  }

  /// How many requests were answered, or ended without an answer.
  int ended() {
    return ended.get();
  }

  @Override
  public void close() {
    var _ = channel.close();
  }

  private final class Stream extends ChannelInboundHandlerAdapter {

    private boolean hasEnded;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof Http2HeadersFrame) {
        end();
      }
      ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof Http2ResetFrame) {
        end();
      }
      ReferenceCountUtil.release(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }

    private void end() {
      if (!hasEnded) {
        hasEnded = true;
        ended.incrementAndGet();
      }
    }
  }
}
