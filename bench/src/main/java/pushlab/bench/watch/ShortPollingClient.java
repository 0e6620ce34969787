package pushlab.bench.watch;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Sends `GET /status` at an interval, beginning at a random moment for each subscriber.
final class ShortPollingClient implements PollingClient {

  private final Node node;
  private final Subscriber subscriber;
  private final long intervalNanos;
  private @Nullable String tag;

  ShortPollingClient(Node node, Subscriber subscriber, Duration interval) {
    this.node = node;
    this.subscriber = subscriber;
    this.intervalNanos = interval.toNanos();
  }

  @Override
  public String request() {
    String path = subscriber.of("/status");
    return tag == null ? node.get(path) : node.get(path, HttpHeaderNames.IF_NONE_MATCH, tag);
  }

  @Override
  public long answered(FullHttpResponse answer) {
    boolean first = subscriber.version() < 0;
    switch (answer.status().code()) {
      case 200 -> {
        tag = answer.headers().get(HttpHeaderNames.ETAG);
        subscriber.received(answer.content());
      }
      case 304 -> {}
      default -> subscriber.counters().error(Answered.by("GET /status", answer));
    }
    return first ? ThreadLocalRandom.current().nextLong(intervalNanos) : intervalNanos;
  }
}
