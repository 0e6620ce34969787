package pushlab.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import pushlab.server.state.Await;

/// A connection whose bytes are the test's own.
final class RawConnection implements AutoCloseable {

  private final Socket socket;

  private RawConnection(Socket socket) {
    this.socket = socket;
  }

  static RawConnection to(URI address) throws IOException {
    var socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout((int) Await.LIMIT.toMillis());
    return new RawConnection(socket);
  }

  /// Sends `lines`, each ended by CRLF.
  RawConnection send(String... lines) throws IOException {
    return write((String.join("\r\n", lines) + "\r\n").getBytes(UTF_8));
  }

  RawConnection write(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /// Ends what this side sends.
  RawConnection finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /// What comes until `end` has come.
  String readTo(String end) throws IOException {
    var read = new ByteArrayOutputStream();
    while (!read.toString(UTF_8).endsWith(end)) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new AssertionError("the server closed the connection after: " + read);
      }
      read.write(next);
    }
    return read.toString(UTF_8);
  }

  byte[] read(int bytes) throws IOException {
    return socket.getInputStream().readNBytes(bytes);
  }

  /// What comes until the server closes the connection.
  String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  /// Goes away as a process does that is killed: with a reset, not a word before.
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
