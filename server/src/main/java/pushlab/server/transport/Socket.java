package pushlab.server.transport;

/// The server's side of a WebSocket, as the thread that pushes sees it. Thread-safe.
public interface Socket {

  /// Sends `frame` whole, or nothing if the WebSocket is closing.
  ///
  /// @throws java.io.UncheckedIOException if the client has gone
  /// @throws io.helidon.webserver.CloseConnectionException if the client has gone
  void send(byte[] frame);

  /// Sends a close frame, and returns when the connection is over: once the client has answered,
  /// or after about 2 s (RFC 6455, section 7.1.2).
  ///
  /// @param status one of RFC 6455, section 7.4
  /// @param reason up to 123 bytes
  /// @throws InterruptedException if the connection was over before
  void close(int status, String reason) throws InterruptedException;
}
