package pushlab.bench.jmh;

import java.io.IOException;
import pushlab.report.result.Transport;

/// A connected subscriber that has the current version and waits for the next.
@FunctionalInterface
interface Subscription {

  /// Returns once the subscriber has `version` or a later one, and waits for the next.
  ///
  /// @throws IOException if that takes longer than the socket's time-out, or the connection breaks
  void awaitVersion(long version) throws IOException;

  /// Connects a subscriber over `socket`, which must be unused.
  static Subscription over(VersionSocket socket, Transport transport) throws IOException {
    return switch (transport) {
      case SHORT_POLLING -> shortPolling(socket);
      case LONG_POLLING -> longPolling(socket);
      case SERVER_SENT_EVENTS -> serverSentEvents(socket);
      case NDJSON_STREAM -> ndjsonStream(socket);
      case WEBSOCKET -> webSocket(socket);
    };
  }

  private static Subscription shortPolling(VersionSocket socket) throws IOException {
    byte[] poll = socket.request("GET /status");
    socket.send(poll);
    socket.nextVersion();
    return version -> {
      do {
        socket.send(poll);
      } while (socket.nextVersion() < version);
    };
  }

  private static Subscription longPolling(VersionSocket socket) throws IOException {
    socket.send(socket.request("GET /poll-status"));
    poll(socket, socket.nextVersion());
    return version -> {
      long held;
      do {
        held = socket.nextVersion();
        poll(socket, held);
      } while (held < version);
    };
  }

  private static void poll(VersionSocket socket, long seen) throws IOException {
    socket.send(socket.request("GET /poll-status?last_version=" + seen));
  }

  private static Subscription serverSentEvents(VersionSocket socket) throws IOException {
    socket.send(socket.request("GET /events", "Accept: text/event-stream"));
    socket.nextVersion();
    return version -> readUntil(socket, version);
  }

  private static Subscription ndjsonStream(VersionSocket socket) throws IOException {
    socket.send(socket.request("GET /stream"));
    socket.nextVersion();
    return version -> readUntil(socket, version);
  }

  private static Subscription webSocket(VersionSocket socket) throws IOException {
    socket.send(
        socket.request(
            "GET /ws",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
    socket.nextVersion();
    return version -> readUntil(socket, version);
  }

  private static void readUntil(VersionSocket socket, long version) throws IOException {
    long held;
    do {
      held = socket.nextVersion();
    } while (held < version);
  }
}
