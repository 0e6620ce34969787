package pushlab.server.net;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;

/// The TLS handshakes that go on. Helidon waits for their end for good, and never gives back the
/// room that it kept for one that failed; so they are bounded and counted here. Helidon meets each
/// socket first by its options, which is where this gets hold of it.
final class Handshakes implements SocketOptions {

  private final SocketOptions options = SocketOptions.create();
  private final Map<SSLSocket, Integer> since = new ConcurrentHashMap<>();
  private final SecondsClock clock;
  private final BooleanSupplier full;
  private final Consumer<Socket> accepted;

  /// Takes no more while `full`: such a socket is closed. The others are handed to `accepted`.
  Handshakes(SecondsClock clock, BooleanSupplier full, Consumer<Socket> accepted) {
    this.clock = clock;
    this.full = full;
    this.accepted = accepted;
  }

  /// How many go on now, with some that have just ended.
  int count() {
    return since.size();
  }

  @Override
  public void configureSocket(Socket socket) {
    options.configureSocket(socket);
    if (socket instanceof SSLSocket secure) {
      if (full.getAsBoolean()) {
        forgetThoseThatAreOver();
      }
      if (full.getAsBoolean()) {
        throw new IllegalStateException("there is no room for another connection");
      }
      since.put(secure, clock.now());
    }
    accepted.accept(socket);
  }

  /// Ends those that have taken longer than a request may by `bounds`; to be called once a second.
  void look(Bounds bounds) {
    forgetThoseThatAreOver();
    since.forEach(
        (socket, began) -> {
          if (clock.now() - began > bounds.request().toSeconds()) {
            end(socket);
          }
        });
  }

  private void forgetThoseThatAreOver() {
    // There is no protocol, not even none, until the handshake is over.
    since.keySet().removeIf(socket -> socket.isClosed() || socket.getApplicationProtocol() != null);
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
