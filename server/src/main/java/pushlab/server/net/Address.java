package pushlab.server.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;

/// Where to listen, and the address under which the server is then reached.
///
/// @param host a name or an address; `0.0.0.0` or `::` for all addresses of this machine
/// @param port from 0 to 65535; 0 for any free port
public record Address(String host, int port) {

  /// Returns if a server can listen here.
  ///
  /// @throws IllegalStateException if it cannot; the message says why
  public void tryToListen() {
    try (var socket = new ServerSocket()) {
      listen(socket, 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes `socket` listen here.
  ///
  /// @param backlog how many connections may wait to be accepted
  /// @throws IllegalStateException if it cannot; the message says why
  void listen(ServerSocket socket, int backlog) {
    try {
      socket.bind(new InetSocketAddress(InetAddress.getAllByName(host)[0], port), backlog);
    } catch (IOException e) {
      throw new IllegalStateException("cannot listen on %s: %s".formatted(this, e.getMessage()), e);
    }
  }

  /// The address for a browser on this machine.
  ///
  /// @param scheme `http` or `https`
  public URI reachable(String scheme) {
    String name =
        switch (host) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::" -> "[::1]";
          default -> host.contains(":") ? "[" + host + "]" : host;
        };
    return URI.create("%s://%s:%d/".formatted(scheme, name, port));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
