package pushlab.server.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import pushlab.server.state.Await;

/// An HTTP/2 connection whose frames the test writes itself (RFC 9113, section 4).
public final class RawHttp2 implements AutoCloseable {

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final byte GET = (byte) 0x82;
  private static final byte POST = (byte) 0x83;

  private final SSLSocket socket;
  private final DataInputStream input;
  private int lastStream = -1;

  /// A frame that was received.
  public record Frame(int kind, int flags, int stream, ByteBuffer payload) {

    /// Whether it begins with the status 200 or 204, encoded by the static table of RFC 7541.
    public boolean hasStatus(int status) {
      int index = status == 204 ? 9 : 8;
      return kind == HEADERS && payload.get(0) == (byte) (0x80 | index);
    }

    public boolean isReset() {
      return kind == RST_STREAM;
    }

    /// The length of the part of a body in it.
    public int bodyLength() {
      return kind == DATA ? payload.remaining() : 0;
    }

    /// Whether it ends the connection and gives the reason `why`.
    public boolean isGoodbye(String why) {
      return kind == GOAWAY && US_ASCII.decode(payload.duplicate()).toString().contains(why);
    }

    /// Whether it is the last frame of `stream`.
    public boolean ends(int stream) {
      return this.stream == stream && kind <= HEADERS && (flags & END_STREAM) != 0;
    }
  }

  private RawHttp2(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.input = new DataInputStream(socket.getInputStream());
  }

  public static RawHttp2 to(URI address) throws IOException {
    var socket =
        (SSLSocket)
            TestCertificate.TRUST
                .getSocketFactory()
                .createSocket(address.getHost(), address.getPort());
    socket.setSoTimeout((int) Await.LIMIT.toMillis());
    var parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    var connection = new RawHttp2(socket);
    socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    connection.send(SETTINGS, 0, 0);
    return connection;
  }

  /// Sends settings, as identifiers and values in turn.
  public void settings(int... namesAndValues) throws IOException {
    var settings = ByteBuffer.allocate(namesAndValues.length * 3);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.putShort((short) namesAndValues[i]).putInt(namesAndValues[i + 1]);
    }
    send(SETTINGS, 0, 0, settings.array());
  }

  /// Sends a GET of `path`, of less than 127 characters. Returns its stream.
  public int get(String path) throws IOException {
    return ask(GET, END_STREAM, path, "localhost");
  }

  /// Makes an update at `authority`. Returns its stream.
  public int update(String authority) throws IOException {
    return ask(POST, END_STREAM, "/update-status?status=x", authority);
  }

  /// Begins an update without finishing it. Returns its stream.
  public int beginUpdate() throws IOException {
    return ask(POST, 0, "/update-status?status=unfinished", "localhost");
  }

  private int ask(byte method, int flags, String path, String authority) throws IOException {
    lastStream += 2;
    byte[] name = path.getBytes(US_ASCII);
    byte[] host = authority.getBytes(US_ASCII);
    byte[] fields =
        ByteBuffer.allocate(name.length + host.length + 6)
            // The method, the scheme https, then path and authority with literal values.
            .put(new byte[] {method, (byte) 0x87, 0x04, (byte) name.length})
            .put(name)
            .put(new byte[] {0x01, (byte) host.length})
            .put(host)
            .array();
    send(HEADERS, flags | END_HEADERS, lastStream, fields);
    return lastStream;
  }

  /// The next frame of `stream`, or of the connection if that is 0. Frames of other streams are
  /// skipped.
  public Frame nextOf(int stream) throws IOException {
    Frame frame = next();
    while (frame.stream() != stream) {
      frame = next();
    }
    return frame;
  }

  /// All frames until the server closes the connection.
  public List<Frame> readToEnd() throws IOException {
    List<Frame> frames = new ArrayList<>();
    try {
      while (true) {
        frames.add(next());
      }
    } catch (EOFException _) {
      return frames;
    }
  }

  private Frame next() throws IOException {
    int lengthAndKind = input.readInt();
    int flags = input.readUnsignedByte();
    int stream = input.readInt();
    var payload = ByteBuffer.wrap(input.readNBytes(lengthAndKind >>> 8));
    return new Frame(lengthAndKind & 0xff, flags, stream, payload);
  }

  private void send(int kind, int flags, int stream, byte... payload) throws IOException {
    socket
        .getOutputStream()
        .write(
            ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | kind)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
