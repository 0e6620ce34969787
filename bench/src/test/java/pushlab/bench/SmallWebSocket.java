package pushlab.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import pushlab.bench.SmallServer.Request;

/// The server side of a WebSocket (RFC 6455). It accepts short frames, and answers pings and close
/// frames.
public final class SmallWebSocket {

  private static final int TEXT = 0x1;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;

  private final DataInputStream in;
  private final OutputStream out;
  private volatile boolean hangsUp;

  private SmallWebSocket(Request request, OutputStream out) {
    this.in = new DataInputStream(request.in());
    this.out = out;
  }

  /// Answers the handshake, and then the frames of the client.
  public static SmallWebSocket accept(Request request, OutputStream out) throws IOException {
    var socket = acceptMute(request, out);
    Thread.startVirtualThread(socket::answer);
    return socket;
  }

  /// Answers the handshake, but no frame of the client.
  public static SmallWebSocket acceptMute(Request request, OutputStream out) throws IOException {
    SmallServer.write(
        out,
        """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Accept: %s\r
        \r
        """
            .formatted(accept(request.headers().getOrDefault("sec-websocket-key", ""))));
    return new SmallWebSocket(request, out);
  }

  private static String accept(String key) {
    try {
      byte[] both =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(both));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /// From now on, closes the connection on a close frame without an answer.
  public void hangUpOnAClose() {
    hangsUp = true;
  }

  /// Sends a text frame of at most 65,535 bytes.
  public void send(String text) throws IOException {
    send(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized void send(int opcode, byte[] data) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(4 + data.length).put((byte) (0x80 | opcode));
    if (data.length < 126) {
      frame.put((byte) data.length);
    } else {
      frame.put((byte) 126).putShort((short) data.length);
    }
    out.write(frame.put(data).array(), 0, frame.position());
  }

  private void answer() {
    try {
      while (true) {
        int opcode = in.readByte() & 0xF;
        byte[] mask = new byte[4];
        byte[] data = new byte[in.readByte() & 0x7F];
        in.readFully(mask);
        in.readFully(data);
        for (int i = 0; i < data.length; i++) {
          data[i] ^= mask[i % 4];
        }
        if (opcode == PING) {
          send(PONG, data);
        } else if (opcode == CLOSE && hangsUp) {
          out.close();
        } else if (opcode == CLOSE) {
          send(CLOSE, data);
        }
      }
    } catch (IOException _) {
      // The client has disconnected.
    }
  }
}
