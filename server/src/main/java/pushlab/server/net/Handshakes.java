package pushlab.server.net;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;
import pushlab.server.net.line.Bounds;
import pushlab.server.net.line.SecondsClock;

/// The TLS handshakes in progress, each in the thread of its connection. Thread-safe.
final class Handshakes {

  private static final String HTTP_2 = "h2";
  private static final String HTTP_1 = "http/1.1";

  private final Map<Thread, Integer> since = new ConcurrentHashMap<>();
  private final SecondsClock clock;

  Handshakes(SecondsClock clock) {
    this.clock = clock;
  }

  /// Agrees with the client on keys, and on a protocol: HTTP/2 if the client offers it (RFC 7301).
  ///
  /// @throws IOException if it fails or takes too long
  void on(SSLSocket socket) throws IOException {
    socket.setHandshakeApplicationProtocolSelector(
        (_, offered) ->
            offered.contains(HTTP_2) ? HTTP_2 : offered.contains(HTTP_1) ? HTTP_1 : null);
    since.put(Thread.currentThread(), clock.now());
    try {
      socket.startHandshake();
    } finally {
      since.remove(Thread.currentThread());
    }
  }

  static boolean agreedOnHttp2(String protocol) {
    return protocol.equals(HTTP_2);
  }

  /// Ends the handshakes that take longer than a request may by `bounds`. To be called once a
  /// second.
  void look(Bounds bounds) {
    since.forEach(
        (thread, began) -> {
          if (clock.now() - began > bounds.request().toSeconds()) {
            thread.interrupt();
          }
        });
  }

  /// Ends all handshakes.
  void end() {
    since.keySet().forEach(Thread::interrupt);
  }
}
