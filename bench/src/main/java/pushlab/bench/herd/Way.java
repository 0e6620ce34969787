package pushlab.bench.herd;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.TimeUnit;
import pushlab.bench.net.ServerAddress;
import pushlab.report.result.Transport;

/// How the clients of one transport ask, and what they make of an answer.
interface Way {

  /// Adds what reads the answers on a new connection of `client`.
  void prepare(ChannelPipeline connection, Client client);

  /// Sends a request of `client` on `connection`, which is open.
  void ask(Channel connection, Client client);

  /// The way of `transport` to the server at `address`.
  static Way of(Transport transport, ServerAddress address) {
    return switch (transport) {
      case SHORT_POLLING, LONG_POLLING -> new PollWay(transport, address);
      case SERVER_SENT_EVENTS, NDJSON_STREAM -> new StreamWay(transport, address);
      case WEBSOCKET -> new WebSocketWay(address);
    };
  }

  /// Sends a request without a body.
  ///
  /// @param header a whole header with its end of line, or nothing
  static void get(Channel connection, ServerAddress address, String path, String header) {
    String request =
        "GET %s HTTP/1.1\r\nhost: %s\r\n%s\r\n".formatted(path, address.authority(), header);
    var _ =
        connection.writeAndFlush(
            ByteBufUtil.writeAscii(connection.alloc(), request), connection.voidPromise());
  }

  /// Whether an answer with this status code says that the server is too busy.
  static boolean isTooBusy(int status) {
    return status == 429 || status == 503;
  }

  /// Tells `client` how long an answer asks it to wait, if it says so in seconds (RFC 9110, section
  /// 10.2.3).
  static void obeyRetryAfter(HttpHeaders headers, Client client) {
    String value = headers.get(HttpHeaderNames.RETRY_AFTER, "");
    if (value.matches("\\d{1,6}")) {
      client.said(TimeUnit.SECONDS.toNanos(Long.parseLong(value)));
    }
  }
}
