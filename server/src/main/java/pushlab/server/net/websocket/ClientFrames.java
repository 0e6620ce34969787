package pushlab.server.net.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.common.buffers.DataReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/// Reads what one client sends on a WebSocket, and accepts only what RFC 6455 (section 5) allows.
/// No extension is ever agreed on.
final class ClientFrames {

  /// A violation of the protocol, and the status with which it is answered.
  static final class Fault extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;

    private Fault(int status, String detail) {
      super(detail, null, false, false);
      this.status = status;
    }

    int status() {
      return status;
    }

    /// The rule that is violated, in up to 123 bytes.
    String rule() {
      return String.valueOf(getMessage());
    }
  }

  private static final int PROTOCOL_ERROR = 1002;
  private static final int INVALID_PAYLOAD = 1007;
  private static final int TOO_BIG = 1009;
  private static final int LONGEST_CONTROL = 125;

  private final DataReader in;
  private final int longestMessage;

  private boolean isLast;
  private int reserved;
  private int opcode;
  private boolean isMasked;
  private long length;
  private boolean isLengthShortest;
  private byte[] mask = {};
  private long unread;

  private boolean inMessage;
  private boolean isText;
  private long messageLength;
  private ByteArrayOutputStream text = new ByteArrayOutputStream(0);

  /// Reads messages of up to `longestMessage` bytes from `in`.
  ClientFrames(DataReader in, int longestMessage) {
    this.in = in;
    this.longestMessage = longestMessage;
  }

  /// The next frame.
  ///
  /// @throws Fault if the client violates the protocol; only [#skipToClose] may be called then
  /// @throws DataReader.InsufficientDataAvailableException if the connection has ended
  ClientFrame next() throws Fault {
    readHead();
    check(isMasked, "a client masks its frames (section 5.1)");
    check(reserved == 0, "no extension was agreed on, so RSV1 to 3 are 0 (section 5.2)");
    check(isLengthShortest, "a length is encoded as short as can be (section 5.2)");
    byte[] payload;
    if (opcode >= ClientFrame.CLOSE) {
      check(opcode <= ClientFrame.PONG, "there is no such opcode (section 5.2)");
      check(isLast, "a control frame is not fragmented (section 5.4)");
      check(length <= LONGEST_CONTROL, "a control frame has up to 125 bytes (section 5.5)");
      payload = readPayload();
      if (opcode == ClientFrame.CLOSE) {
        checkClose(payload);
      }
    } else {
      checkData();
      payload = readPayload();
      takeData(payload);
    }
    return new ClientFrame(opcode, payload);
  }

  /// Skips everything until the client has closed too.
  ///
  /// @throws DataReader.InsufficientDataAvailableException if the connection ends before
  void skipToClose() {
    do {
      while (unread > 0) {
        int some = (int) Math.min(unread, Integer.MAX_VALUE);
        in.skip(some);
        unread -= some;
      }
      readHead();
    } while (opcode != ClientFrame.CLOSE);
  }

  private void readHead() {
    int first = in.read();
    isLast = (first & 0x80) != 0;
    reserved = first & 0x70;
    opcode = first & 0x0f;
    int second = in.read();
    isMasked = (second & 0x80) != 0;
    int shortLength = second & 0x7f;
    length =
        switch (shortLength) {
          case 126 -> readNumber(2);
          case 127 -> readNumber(8);
          default -> shortLength;
        };
    isLengthShortest = shortLength < 126 || length > (shortLength == 126 ? 125 : 0xffff);
    mask = isMasked ? in.readBytes(4) : new byte[4];
    unread = length;
  }

  /// A length whose highest bit is set becomes negative. It then counts as not encoded in the
  /// shortest form.
  private long readNumber(int bytes) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << 8 | (in.read() & 0xff);
    }
    return number;
  }

  private byte[] readPayload() {
    byte[] payload = in.readBytes((int) length);
    unread = 0;
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return payload;
  }

  /// To be called before the payload is read, because there may not be room for it.
  private void checkData() throws Fault {
    check(opcode <= ClientFrame.BINARY, "there is no such opcode (section 5.2)");
    check(
        (opcode == ClientFrame.CONTINUATION) == inMessage,
        "a message ends before the next begins, and begins before it continues (section 5.4)");
    if (!inMessage) {
      messageLength = 0;
      isText = opcode == ClientFrame.TEXT;
    }
    messageLength += length;
    if (messageLength > longestMessage) {
      throw new Fault(
          TOO_BIG, "a message has up to %d bytes here (--max-frame)".formatted(longestMessage));
    }
    inMessage = !isLast;
  }

  private void takeData(byte[] payload) throws Fault {
    if (isText) {
      text.writeBytes(payload);
      if (isLast) {
        checkUtf8(ByteBuffer.wrap(text.toByteArray()));
        text = new ByteArrayOutputStream(0);
      }
    }
  }

  private static void checkClose(byte[] payload) throws Fault {
    if (payload.length == 0) {
      return;
    }
    check(payload.length > 1, "a close has a status of two bytes or none (section 5.5.1)");
    int status = new ClientFrame(ClientFrame.CLOSE, payload).status();
    check(maySend(status), "%d is no status to close by (section 7.4)".formatted(status));
    checkUtf8(ByteBuffer.wrap(payload, 2, payload.length - 2));
  }

  /// The statuses of section 7.4.1, three that were registered later (1012 to 1014), and those for
  /// libraries and applications (section 7.4.2).
  private static boolean maySend(int status) {
    return switch (status) {
      case 1004, 1005, 1006 -> false;
      default -> (status >= 1000 && status <= 1014) || (status >= 3000 && status <= 4999);
    };
  }

  private static void checkUtf8(ByteBuffer bytes) throws Fault {
    try {
      UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException _) {
      throw new Fault(INVALID_PAYLOAD, "text is UTF-8 (section 8.1)");
    }
  }

  private static void check(boolean holds, String rule) throws Fault {
    if (!holds) {
      throw new Fault(PROTOCOL_ERROR, rule);
    }
  }
}
