package pushlab.bench.road;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.regex.Pattern;

/// Remembers the last bytes that arrived before Netty decodes them. Netty takes an empty line in
/// place of a chunk's size for the last chunk; browsers and curl take it for an error (RFC 9112,
/// section 7.1). h2o writes one when it cuts an answer.
final class LastBytes extends ChannelInboundHandlerAdapter {

  private static final int KEPT = 256;
  private static final Pattern LAST_CHUNK = Pattern.compile("(^|\n)0+[ \t]*(;[^\n]*)?\r?\n");

  private String last = "";

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      int count = Math.min(KEPT, bytes.readableBytes());
      String read = bytes.toString(bytes.writerIndex() - count, count, ISO_8859_1);
      String all = last + read;
      last = all.substring(Math.max(0, all.length() - KEPT));
    }
    context.fireChannelRead(message);
  }

  /// Whether a last chunk is among them.
  boolean haveLastChunk() {
    return LAST_CHUNK.matcher(last).find();
  }
}
