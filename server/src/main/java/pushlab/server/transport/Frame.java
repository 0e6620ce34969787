package pushlab.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/// WebSocket frames as a server sends them (RFC 6455, section 5.2): not fragmented and not masked.
public final class Frame {

  static final byte[] PING = of(0x9, new byte[0]);

  private static final int LONGEST_SHORT = 125;

  private Frame() {}

  /// @param utf8 up to 65,535 bytes
  static byte[] text(byte[] utf8) {
    return of(0x1, utf8);
  }

  /// The answer to a ping.
  ///
  /// @param payload the payload of the ping, up to 125 bytes
  public static byte[] pong(byte[] payload) {
    return of(0xA, payload);
  }

  /// The last frame of a connection.
  ///
  /// @param reason up to 123 bytes of UTF-8
  public static byte[] close(int status, String reason) {
    byte[] utf8 = reason.getBytes(UTF_8);
    return of(0x8, ByteBuffer.allocate(2 + utf8.length).putShort((short) status).put(utf8).array());
  }

  private static byte[] of(int opcode, byte[] payload) {
    boolean isShort = payload.length <= LONGEST_SHORT;
    var frame = ByteBuffer.allocate((isShort ? 2 : 4) + payload.length);
    frame.put((byte) (0x80 | opcode));
    if (isShort) {
      frame.put((byte) payload.length);
    } else {
      frame.put((byte) 126).putShort((short) payload.length);
    }
    return frame.put(payload).array();
  }
}
