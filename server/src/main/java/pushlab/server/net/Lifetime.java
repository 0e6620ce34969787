package pushlab.server.net;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PlainSocket;
import io.helidon.common.socket.TlsSocket;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import pushlab.server.net.line.Accepted;
import pushlab.server.net.line.Served;
import pushlab.server.net.loop.GivenBack;
import pushlab.server.net.loop.Owner;
import pushlab.server.transport.AsData;

/// The life of one accepted connection. A virtual thread serves it, or the loop, one after the
/// other, until it ends.
final class Lifetime implements Owner {

  private static final Logger LOGGER = System.getLogger(Lifetime.class.getName());

  private final Socket socket;
  private final Served served;
  private final Connections connections;
  private final Limit requests;
  private final Runnable ended;
  private boolean counted;

  /// The life of the connection of `socket`.
  ///
  /// @param requests limits the requests that are answered at once
  /// @param ended runs at its end
  Lifetime(Socket socket, Served served, Connections connections, Limit requests, Runnable ended) {
    this.socket = socket;
    this.served = served;
    this.connections = connections;
    this.requests = requests;
    this.ended = ended;
  }

  /// Begins to serve the connection in a virtual thread of its own.
  void begin() {
    Thread.startVirtualThread(() -> serve(null));
  }

  @Override
  public void takeBack(GivenBack back) {
    Thread.startVirtualThread(() -> serve(back));
  }

  @Override
  public void ended() {
    if (counted) {
      connections.ended();
    }
    ended.run();
  }

  private void serve(@Nullable GivenBack back) {
    AsData data = null;
    try {
      data = handle(back);
    } catch (CloseConnectionException | IOException _) {
      // The client has gone, or the answer ended the connection.
    } catch (UncheckedIOException e) {
      // In clear text the client has gone, whichever exception says so.
      if (socket instanceof SSLSocket && !(e.getCause() instanceof SocketException)) {
        LOGGER.log(Level.WARNING, "a connection failed", e);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "a connection failed", e);
    } finally {
      if (data == null) {
        close();
        ended();
      }
    }
    if (data != null) {
      connections.goOn(socket.getChannel(), data, this);
    }
  }

  private @Nullable AsData handle(@Nullable GivenBack back)
      throws IOException, InterruptedException {
    if (back == null) {
      served.config().connectionOptions().configureSocket(socket);
    }
    var accepted = new Accepted(served, socket, open());
    if (back == null) {
      connections.begun();
      counted = true;
    }
    return connections.handle(accepted, requests, back);
  }

  private HelidonSocket open() throws IOException {
    String id = Integer.toHexString(System.identityHashCode(socket));
    if (socket instanceof SSLSocket secure) {
      connections.shakeHands(secure);
      return TlsSocket.server(secure, id, "listener");
    }
    return PlainSocket.server(socket, id, "listener");
  }

  private void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // It is closed all the same.
    }
  }
}
