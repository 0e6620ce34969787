package pushlab.server.transport;

/// The server's side of a WebSocket, for the thread that pushes. Thread-safe.
public interface Socket {

  /// Sends the whole `frame`. Sends nothing if the WebSocket is closing.
  ///
  /// @throws java.io.UncheckedIOException if the client has gone
  /// @throws io.helidon.webserver.CloseConnectionException if the client has gone
  void send(byte[] frame);

  /// Sends a close frame. Returns when the connection has ended: after the client's answer, or
  /// after about 2 s (RFC 6455, section 7.1.2).
  ///
  /// @param status one of RFC 6455, section 7.4
  /// @param reason up to 123 bytes
  /// @throws InterruptedException if the connection had already ended
  void close(int status, String reason) throws InterruptedException;
}
