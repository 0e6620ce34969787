package pushlab.bench.jmh;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import pushlab.bench.net.PollHold;
import pushlab.bench.net.ServerAddress;

/// A connection that reads only the versions of snapshots, so that a delivery costs two system
/// calls on any transport. It parses neither lengths nor frames: it skips everything between two
/// versions.
final class VersionSocket implements AutoCloseable {

  private static final byte[] KEY = "\"version\":".getBytes(StandardCharsets.US_ASCII);

  private final String host;
  private final Socket socket = new Socket();
  private final InputStream in;
  private final byte[] buffer = new byte[16 * 1024];
  private int position;
  private int limit;

  VersionSocket(URI target) throws IOException {
    ServerAddress address = ServerAddress.of(target);
    if (!address.scheme().equals("http")) {
      throw new IllegalArgumentException("a target must begin with http://, unlike " + target);
    }
    host = address.authority();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PollHold.of(address).orElse(PollHold.USUAL).patience().toMillis());
    socket.connect(address.reach());
    in = socket.getInputStream();
  }

  /// The bytes of a request without a body.
  byte[] request(String methodAndPath, String... headers) {
    var request = new StringBuilder(methodAndPath).append(" HTTP/1.1\r\nHost: ").append(host);
    for (String header : headers) {
      request.append("\r\n").append(header);
    }
    return request.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  /// The bytes of an update to `status`, which is plain ASCII.
  byte[] update(String status) {
    String json = "{\"status\":\"%s\"}".formatted(status);
    byte[] head =
        request(
            "POST /update-status",
            "Content-Type: application/json",
            "Content-Length: " + json.length());
    return (new String(head, StandardCharsets.US_ASCII) + json).getBytes(StandardCharsets.US_ASCII);
  }

  void send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
  }

  /// Reads up to the next version, and returns it.
  ///
  /// @throws IOException if none arrives within [PollHold#patience]
  long nextVersion() throws IOException {
    int matched = 0;
    while (matched < KEY.length) {
      byte next = read();
      matched = next == KEY[matched] ? matched + 1 : next == KEY[0] ? 1 : 0;
    }
    byte next = read();
    while (next == ' ') {
      next = read();
    }
    long version = 0;
    while (next >= '0' && next <= '9') {
      version = version * 10 + (next - '0');
      next = read();
    }
    return version;
  }

  private byte read() throws IOException {
    if (position == limit) {
      limit = in.read(buffer);
      position = 0;
      if (limit < 0) {
        throw new EOFException("the server closed the connection");
      }
    }
    return buffer[position++];
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
