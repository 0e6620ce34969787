package pushlab.server.net.websocket;

/// A frame that a client has sent, unmasked (RFC 6455, section 5.2).
final class ClientFrame {

  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  private static final int NORMAL = 1000;

  private final int opcode;
  private final byte[] payload;

  ClientFrame(int opcode, byte[] payload) {
    this.opcode = opcode;
    this.payload = payload;
  }

  boolean is(int code) {
    return opcode == code;
  }

  /// The payload itself, not a copy.
  byte[] payload() {
    return payload;
  }

  /// The status of a close frame, or 1000 if it has none.
  int status() {
    return payload.length < 2 ? NORMAL : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
  }
}
