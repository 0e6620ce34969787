package pushlab.server.net;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLSocket;

/// The TLS handshakes that go on. Helidon waits for their end for good, before there is a
/// connection that could be bounded; it meets each socket first by its options, which is where this
/// gets hold of it.
final class Handshakes implements SocketOptions {

  private record Handshake(SSLSocket socket, int since) {}

  private final SocketOptions options = SocketOptions.create();
  private final Queue<Handshake> handshakes = new ConcurrentLinkedQueue<>();
  private final SecondsClock clock;

  Handshakes(SecondsClock clock) {
    this.clock = clock;
  }

  @Override
  public void configureSocket(Socket socket) {
    options.configureSocket(socket);
    if (socket instanceof SSLSocket secure) {
      handshakes.add(new Handshake(secure, clock.now()));
    }
  }

  /// Ends those that have taken longer than a request may by `bounds`.
  void look(Bounds bounds) {
    Handshake oldest = handshakes.peek();
    while (oldest != null && clock.now() - oldest.since() > bounds.request().toSeconds()) {
      handshakes.remove();
      // Null until the handshake is over.
      if (oldest.socket().getApplicationProtocol() == null) {
        end(oldest.socket());
      }
      oldest = handshakes.peek();
    }
  }

  private static void end(Socket socket) {
    Thread.startVirtualThread(
        () -> {
          try {
            socket.close();
          } catch (IOException _) {
            // It has ended already.
          }
        });
  }

  @Override
  public Map<SocketOption<?>, Object> socketOptions() {
    return options.socketOptions();
  }

  @Override
  public Duration connectTimeout() {
    return options.connectTimeout();
  }

  @Override
  public Duration readTimeout() {
    return options.readTimeout();
  }

  @Override
  public Optional<Integer> socketReceiveBufferSize() {
    return options.socketReceiveBufferSize();
  }

  @Override
  public Optional<Integer> socketSendBufferSize() {
    return options.socketSendBufferSize();
  }

  @Override
  public boolean socketReuseAddress() {
    return options.socketReuseAddress();
  }

  @Override
  public boolean socketKeepAlive() {
    return options.socketKeepAlive();
  }

  @Override
  public boolean tcpNoDelay() {
    return options.tcpNoDelay();
  }
}
