package pushlab.bench.road;

import io.netty.handler.codec.http.HttpHeaders;

/// What a client sees of an answer or of a WebSocket, one after the other. `nanos` is the time of
/// [System#nanoTime] at which it arrived.
sealed interface Heard {

  long nanos();

  /// The status and the headers of an answer.
  record Head(long nanos, int status, HttpHeaders headers) implements Heard {}

  /// A part of an answer, or a text frame.
  record Text(long nanos, String text) implements Heard {}

  /// The answer is complete.
  record Complete(long nanos) implements Heard {}

  /// A close frame.
  ///
  /// @param code -1 if it has none
  record CloseFrame(long nanos, int code) implements Heard {}

  /// The connection has ended.
  record Closed(long nanos) implements Heard {}
}
