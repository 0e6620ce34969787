package pushlab.bench.check;

import static pushlab.bench.SmallServer.beginEvents;
import static pushlab.bench.SmallServer.beginLines;
import static pushlab.bench.SmallServer.send;
import static pushlab.bench.SmallServer.write;

import java.math.BigDecimal;
import pushlab.bench.SmallServer;
import pushlab.bench.SmallServer.Request;
import pushlab.bench.SmallServer.Snapshot;
import pushlab.bench.SmallWebSocket;

/// Versions like those of Python's `time.time()`: `1764245782.123` instead of 3.
final class Timestamps {

  private static final BigDecimal START = new BigDecimal("1764245782.12");
  private static final BigDecimal STEP = new BigDecimal("0.001");

  private Timestamps() {}

  /// Makes every path of `server` use them.
  static void in(SmallServer server) {
    server
        .on(
            "/poll-status",
            (request, out) -> {
              var next = server.awaitOther(seen(request), CheckTest.HOLD);
              if (next.isPresent()) {
                send(out, 200, json(next.get()));
              } else {
                send(out, next);
              }
            })
        .on(
            "/update-status",
            (request, out) -> {
              if (!request.method().equals("POST")) {
                send(out, 405, "{}");
              } else if (request.status().isEmpty()) {
                send(out, 400, "{}");
              } else {
                send(out, 200, json(server.update(request.status())));
              }
            })
        .on(
            "/status",
            (request, out) -> {
              Snapshot now = server.current();
              String etag = "\"%d\"".formatted(now.version());
              if (etag.equals(request.headers().get("if-none-match"))) {
                write(out, "HTTP/1.1 304 Not Modified\r\n\r\n");
              } else {
                send(out, 200, json(now), "ETag: " + etag);
              }
            })
        .on(
            "/events",
            (request, out) -> {
              beginEvents(out);
              long seen = Long.parseLong(request.headers().getOrDefault("last-event-id", "-1"));
              while (true) {
                Snapshot next = server.awaitOther(seen);
                write(out, "id: %d\ndata: %s\n\n".formatted(next.version(), json(next)));
                seen = next.version();
              }
            })
        .on(
            "/stream",
            (request, out) -> {
              beginLines(out);
              long seen = seen(request);
              while (true) {
                Snapshot next = server.awaitOther(seen);
                write(out, json(next) + "\n");
                seen = next.version();
              }
            })
        .on(
            "/ws",
            (request, out) -> {
              var socket = SmallWebSocket.accept(request, out);
              long seen = seen(request);
              while (true) {
                Snapshot next = server.awaitOther(seen);
                socket.send(json(next));
                seen = next.version();
              }
            });
  }

  private static String json(Snapshot snapshot) {
    BigDecimal stamp = START.add(STEP.multiply(BigDecimal.valueOf(snapshot.version())));
    return snapshot.json().replaceFirst("\\d+", stamp.toPlainString());
  }

  private static long seen(Request request) {
    String said = request.query().get("last_version");
    return said == null
        ? -1
        : new BigDecimal(said).subtract(START).divideToIntegralValue(STEP).longValue();
  }
}
