package pushlab.bench.herd;

import java.time.Duration;
import pushlab.report.result.Transport;

/// What all clients of a herd have in common.
///
/// @param hold how long the server holds a poll
/// @param heartbeat how often the server says something on a stream or a WebSocket
record Habits(Transport transport, Reconnect reconnect, Duration hold, Duration heartbeat) {

  /// How long a client waits for a connection, and for the first bytes of an answer that the server
  /// gives at once.
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /// How often a short poll is sent.
  static final Duration INTERVAL = Duration.ofSeconds(1);

  /// How long a client waits for the answer to its first request on a connection.
  Duration untilAnswer() {
    return transport == Transport.LONG_POLLING ? hold.plus(PATIENCE) : PATIENCE;
  }

  /// After how long a silence a client takes a connection that it was answered on for dead: two
  /// heartbeats and a half, or the hold and its patience.
  Duration silence() {
    return switch (transport) {
      case SHORT_POLLING -> PATIENCE;
      case LONG_POLLING -> hold.plus(PATIENCE);
      case SERVER_SENT_EVENTS, NDJSON_STREAM, WEBSOCKET -> heartbeat.multipliedBy(5).dividedBy(2);
    };
  }
}
