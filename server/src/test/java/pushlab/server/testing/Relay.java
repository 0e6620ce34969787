package pushlab.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/// A cable to a port of this machine. When it is pulled, bytes stay on their way, and neither side
/// notices.
public final class Relay implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  private final Queue<Socket> ends = new ConcurrentLinkedQueue<>();
  private final ReentrantLock cable = new ReentrantLock();
  private final int target;

  private Relay(int target) throws IOException {
    this.target = target;
    Thread.startVirtualThread(this::accept);
  }

  public static Relay to(int port) throws IOException {
    return new Relay(port);
  }

  public int port() {
    return listener.getLocalPort();
  }

  public void pull() {
    cable.lock();
  }

  /// To be called by the thread that pulled it.
  public void plugIn() {
    cable.unlock();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        ends.add(near);
        Socket far = new Socket(listener.getInetAddress(), target);
        ends.add(far);
        Thread.startVirtualThread(() -> carry(near, far));
        Thread.startVirtualThread(() -> carry(far, near));
      }
    } catch (IOException _) {
      // The relay has been closed.
    }
  }

  private void carry(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[8192];
      int count;
      do {
        count = in.read(bytes);
        cable.lock();
        try {
          out.write(bytes, 0, Math.max(count, 0));
        } finally {
          cable.unlock();
        }
      } while (count >= 0);
    } catch (IOException _) {
      // One side has gone, so the other is closed.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket end : ends) {
      end.close();
    }
  }
}
