package pushlab.server.transport;

import java.nio.ByteBuffer;

/// WebSocket frames as a server sends them (RFC 6455, section 5.2): whole, and never masked.
final class Frame {

  static final byte[] PING = of(0x9, new byte[0]);

  private static final int LONGEST_SHORT = 125;

  private Frame() {}

  /// @param utf8 up to 65,535 bytes
  static byte[] text(byte[] utf8) {
    return of(0x1, utf8);
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
