package pushlab.server.net.websocket;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import pushlab.server.net.line.Line;
import pushlab.server.transport.AsData;
import pushlab.server.transport.Frame;
import pushlab.server.transport.Socket;

/// A connection that has been upgraded to WebSocket. Its own thread reads and answers what the
/// client sends, and another thread pushes. Both send frames, one at a time.
final class WebSocket implements ServerConnection, Socket {

  /// Pushes to a client until it is interrupted or has nothing more to send.
  interface Push {
    void to(Socket socket) throws InterruptedException;

    /// How the subscriber waits as data instead; empty if it cannot.
    default Optional<AsData> asData() {
      return Optional.empty();
    }
  }

  private final DataReader in;
  private final DataWriter out;
  private final Line line;
  private final ClientFrames frames;
  private final Push push;
  private final ReentrantLock sending = new ReentrantLock();
  private final CountDownLatch over = new CountDownLatch(1);
  private boolean closing;
  private volatile long heardAt = System.nanoTime();

  WebSocket(ConnectionContext connection, Line line, int messageBytes, Push push) {
    this.in = connection.dataReader();
    this.out = connection.dataWriter();
    this.line = line;
    this.frames = new ClientFrames(in, messageBytes);
    this.push = push;
  }

  @Override
  public void handle(Limit limit) {
    Optional<AsData> data = push.asData();
    if (data.isPresent()) {
      throw data.get();
    }
    Thread pushing = Thread.startVirtualThread(this::push);
    try {
      answer(pushing);
    } catch (InsufficientDataAvailableException | UncheckedIOException e) {
      throw new CloseConnectionException("the client has gone", e);
    } finally {
      over.countDown();
      pushing.interrupt();
    }
  }

  private void push() {
    try {
      push.to(this);
    } catch (InterruptedException | UncheckedIOException | CloseConnectionException _) {
      // The client has gone.
    }
  }

  /// Returns when both sides have closed (RFC 6455, section 7.1.2).
  private void answer(Thread pushing) {
    try {
      ClientFrame frame = next();
      while (!frame.is(ClientFrame.CLOSE)) {
        if (frame.is(ClientFrame.PING)) {
          send(Frame.pong(frame.payload()));
        }
        frame = next();
      }
      sendClose(frame.status(), "");
    } catch (ClientFrames.Fault fault) {
      sendClose(fault.status(), fault.rule());
      pushing.interrupt();
      frames.skipToClose();
    }
  }

  private ClientFrame next() throws ClientFrames.Fault {
    in.ensureAvailable();
    line.frameBegun();
    ClientFrame frame = frames.next();
    line.frameWhole();
    heardAt = System.nanoTime();
    return frame;
  }

  @Override
  public void send(byte[] frame) {
    sending.lock();
    try {
      if (!closing) {
        out.writeNow(BufferData.create(frame));
      }
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void close(int status, String reason) throws InterruptedException {
    sendClose(status, reason);
    over.await();
  }

  /// Sends the last frame. Nothing may follow a close (section 5.5.1).
  private void sendClose(int status, String reason) {
    sending.lock();
    try {
      send(Frame.close(status, reason));
      closing = true;
      line.closing();
    } finally {
      sending.unlock();
    }
  }

  @Override
  public Duration idleTime() {
    return Duration.ofNanos(System.nanoTime() - heardAt);
  }

  @Override
  public void close(boolean interrupt) {
    line.end();
  }
}
