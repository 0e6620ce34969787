package pushlab.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import pushlab.server.state.Await;

/// A connection whose bytes the test writes itself.
public final class RawConnection implements AutoCloseable {

  private static final long A_MOMENT = 200_000;

  private final Socket socket;
  private final InputStream input;

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.input = new BufferedInputStream(socket.getInputStream());
  }

  public static RawConnection to(URI address) throws IOException {
    Socket socket =
        (address.getScheme().equals("https")
                ? TestCertificate.TRUST.getSocketFactory()
                : SocketFactory.getDefault())
            .createSocket(address.getHost(), address.getPort());
    socket.setSoTimeout((int) Await.LIMIT.toMillis());
    socket.setTcpNoDelay(true);
    return new RawConnection(socket);
  }

  /// Sends `lines`, each with CRLF after it.
  public RawConnection send(String... lines) throws IOException {
    return write((String.join("\r\n", lines) + "\r\n").getBytes(UTF_8));
  }

  public RawConnection write(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  public RawConnection write(int... bytes) throws IOException {
    byte[] narrow = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      narrow[i] = (byte) bytes[i];
    }
    return write(narrow);
  }

  /// Sends the first `first` of `bytes`, and the others after a moment in which the server may read
  /// the first.
  public RawConnection writeInTwo(int first, byte... bytes) throws IOException {
    write(Arrays.copyOf(bytes, first));
    LockSupport.parkNanos(A_MOMENT);
    return write(Arrays.copyOfRange(bytes, first, bytes.length));
  }

  /// Closes the sending side.
  public RawConnection finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /// Reads until `end` has arrived.
  public String readTo(String end) throws IOException {
    var read = new ByteArrayOutputStream();
    while (!read.toString(UTF_8).endsWith(end)) {
      int next = input.read();
      if (next < 0) {
        throw new AssertionError("the server closed the connection after: " + read);
      }
      read.write(next);
    }
    return read.toString(UTF_8);
  }

  /// The next WebSocket frame as its kind and its payload, or its status if it is a close. Empty at
  /// the end of the connection, also by a reset, which follows if the server has left bytes unread.
  public String readFrame() throws IOException {
    int kind;
    try {
      kind = input.read();
    } catch (SocketException _) {
      return "";
    }
    if (kind < 0) {
      return "";
    }
    int length = input.read();
    if (length == 126) {
      length = (input.read() << 8) | input.read();
    }
    byte[] payload = input.readNBytes(length);
    return switch (kind) {
      case 0x81 -> "text " + new String(payload, UTF_8);
      case 0x88 -> "close " + (((payload[0] & 0xff) << 8) | (payload[1] & 0xff));
      case 0x89 -> "ping " + new String(payload, UTF_8);
      case 0x8a -> "pong " + new String(payload, UTF_8);
      default -> throw new AssertionError("no frame begins with " + Integer.toHexString(kind));
    };
  }

  /// Reads until the server closes the connection.
  public String readToEnd() throws IOException {
    return new String(input.readAllBytes(), UTF_8);
  }

  /// Reads until the end of the connection, or until nothing has arrived for `patience`.
  public byte[] readWhatComes(Duration patience) throws IOException {
    var read = new ByteArrayOutputStream();
    try {
      for (int next = input.read(); next >= 0; next = input.read()) {
        read.write(next);
        socket.setSoTimeout((int) patience.toMillis());
      }
    } catch (SocketTimeoutException | SocketException _) {
      if (read.size() == 0) {
        throw new AssertionError("neither an answer nor an end came");
      }
    }
    return read.toByteArray();
  }

  /// The bytes that come within `patience`; null at the end of the connection, also by a reset.
  byte @Nullable [] readSome(Duration patience) throws IOException {
    socket.setSoTimeout((int) patience.toMillis());
    try {
      int first = input.read();
      if (first < 0) {
        return null;
      }
      byte[] more = input.readNBytes(input.available());
      byte[] all = new byte[1 + more.length];
      all[0] = (byte) first;
      System.arraycopy(more, 0, all, 1, more.length);
      return all;
    } catch (SocketTimeoutException _) {
      return new byte[0];
    } catch (SocketException _) {
      return null;
    }
  }

  /// Resets the connection, as happens when a process is killed.
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
