package pushlab.server.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import pushlab.server.state.Await;

/// An HTTP/2 connection whose frames the test writes itself (RFC 9113, section 4).
public final class RawHttp2 implements AutoCloseable {

  // Headers by their index in the static table of RFC 7541.
  public static final int CONTENT_LENGTH = 28;
  public static final int TRANSFER_ENCODING = 57;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int CONTENT_TYPE = 31;
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

  /// Makes an update by the form `body`, with one more header, which is named by its index in the
  /// static table of RFC 7541. Returns its stream.
  public int update(int header, String value, String body) throws IOException {
    int stream =
        ask(
            POST,
            0,
            "/update-status",
            "localhost",
            literal(CONTENT_TYPE, "application/x-www-form-urlencoded"),
            literal(header, value));
    send(DATA, END_STREAM, stream, body.getBytes(US_ASCII));
    return stream;
  }

  private static byte[] literal(int name, String value) {
    byte[] text = value.getBytes(US_ASCII);
    return ByteBuffer.allocate(3 + text.length)
        .put(new byte[] {0x0f, (byte) (name - 15), (byte) text.length})
        .put(text)
        .array();
  }

  private int ask(byte method, int flags, String path, String authority, byte[]... more)
      throws IOException {
    lastStream += 2;
    byte[] name = path.getBytes(US_ASCII);
    byte[] host = authority.getBytes(US_ASCII);
    byte[] fields =
        ByteBuffer.allocate(
                name.length + host.length + 6 + Stream.of(more).mapToInt(it -> it.length).sum())
            // The method, the scheme https, then path and authority with literal values.
            .put(new byte[] {method, (byte) 0x87, 0x04, (byte) name.length})
            .put(name)
            .put(new byte[] {0x01, (byte) host.length})
            .put(host)
            .array();
    int at = name.length + host.length + 6;
    for (byte[] field : more) {
      System.arraycopy(field, 0, fields, at, field.length);
      at += field.length;
    }
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
