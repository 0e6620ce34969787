package pushlab.bench.watch;

import io.netty.handler.codec.http.FullHttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Sends `GET /poll-status`, and sends it again after each answer.
final class LongPollingClient implements PollingClient {

  private static final long AT_ONCE = 0;

  private final Node node;
  private final Subscriber subscriber;

  LongPollingClient(Node node, Subscriber subscriber) {
    this.node = node;
    this.subscriber = subscriber;
  }

  @Override
  public String request() {
    String path = subscriber.of("/poll-status");
    if (subscriber.version() < 0) {
      return node.get(path);
    }
    path += (path.contains("?") ? "&" : "?") + "last_version=" + subscriber.version();
    String epoch = subscriber.epoch();
    return node.get(
        epoch == null ? path : path + "&epoch=" + URLEncoder.encode(epoch, StandardCharsets.UTF_8));
  }

  @Override
  public long answered(FullHttpResponse answer) {
    switch (answer.status().code()) {
      case 200 -> subscriber.received(answer.content());
      case 204 -> {}
      default -> throw new IllegalStateException(Answered.by("GET /poll-status", answer));
    }
    return AT_ONCE;
  }
}
