package pushlab.server.net;

import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import pushlab.server.net.line.Served;

/// Accepts connections. Each is handled by [Connections] in a virtual thread of its own.
///
/// If accepting fails, for example because the process has no file descriptor left, it is tried
/// again. Meanwhile new connections wait in the system's backlog. Helidon's own listener would end
/// then, and all its connections with it. Thread-safe.
public final class Listener implements AutoCloseable {

  private static final Logger LOGGER = System.getLogger(Listener.class.getName());
  private static final int BACKLOG = 4096;
  private static final Duration NEXT_TRY = Duration.ofMillis(50);
  private static final Duration LAST_ACCEPT = Duration.ofSeconds(1);
  private static final long TELL_AGAIN = TimeUnit.SECONDS.toNanos(10);

  private final ServerSocket socket;
  private final Connections connections;
  private final Served served;
  private final Semaphore room;
  private final AcceptRate rate;
  private final Limit requests = FixedLimit.create();
  private final Thread accepting =
      Thread.ofPlatform().daemon().name("listener").unstarted(this::run);
  private long told = System.nanoTime() - TELL_AGAIN;

  /// Listens at `address`, with TLS if it is given. Accepts nothing before [#start].
  ///
  /// @param config what Helidon needs to know about a listener; its address is not used
  /// @param rate how fast connections are accepted
  /// @throws IllegalStateException if it cannot listen there; the message says why
  public Listener(
      Address address,
      Optional<Tls> tls,
      ListenerConfig config,
      Router router,
      Connections connections,
      AcceptRate rate) {
    this.socket =
        tls.<ServerSocket>map(Tls::createServerSocket)
            .orElseGet(() -> clearText(connections.needChannels()));
    this.connections = connections;
    this.served = new Served(config, router);
    this.rate = rate;
    this.room = new Semaphore(connections.mostAccepted());
    config.configureSocket(socket);
    address.listen(socket, BACKLOG);
  }

  /// Threads read and write a plain socket faster than a channel.
  private static ServerSocket clearText(boolean asChannel) {
    try {
      return asChannel ? ServerSocketChannel.open().socket() : new ServerSocket();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void start() {
    served.router().beforeStart();
    accepting.start();
  }

  /// The port on which it listens.
  public int port() {
    return socket.getLocalPort();
  }

  private void run() {
    try {
      while (!socket.isClosed()) {
        room.acquire();
        rate.await();
        accept();
      }
    } catch (InterruptedException _) {
      // The listener has been closed.
    }
  }

  private void accept() throws InterruptedException {
    try {
      Socket accepted = socket.accept();
      rate.accepted();
      new Lifetime(accepted, served, connections, requests, room::release).begin();
    } catch (IOException e) {
      room.release();
      if (!socket.isClosed()) {
        tell(e);
        Thread.sleep(NEXT_TRY);
      }
    }
  }

  private void tell(IOException failure) {
    long now = System.nanoTime();
    if (now - told >= TELL_AGAIN) {
      told = now;
      LOGGER.log(
          Level.WARNING, "cannot accept a connection, and tries again: " + failure.getMessage());
    }
  }

  /// Accepts no more. The system refuses new connections, and those that wait to be accepted.
  /// Accepted connections go on.
  @Override
  public void close() {
    try {
      socket.close();
      accepting.interrupt();
      if (accepting.isAlive()) {
        // The system keeps a socket open while a thread is in a call on it.
        accepting.join(LAST_ACCEPT);
      }
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "the listener is not closed: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
