package pushlab.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.helidon.http.DateTime;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.nio.ByteBuffer;
import pushlab.server.http.Answers;

/// The answers of the long poll as bytes: the same headers as Helidon sends, in its order.
final class PollAnswer {

  private static final byte[] OK = bytes("HTTP/1.1 200 OK\r\nDate: ");
  private static final byte[] NO_CONTENT = bytes("HTTP/1.1 204 No Content\r\nDate: ");

  private PollAnswer() {}

  /// Puts a 200 into `out`.
  ///
  /// @param rest what follows the date: headers and body
  static void putOk(ByteBuffer out, byte[] rest) {
    out.put(OK).put(DateTime.http1Bytes()).put(rest);
  }

  /// Puts a 204 into `out`.
  ///
  /// @param rest what follows the date: headers
  static void putNoContent(ByteBuffer out, byte[] rest) {
    out.put(NO_CONTENT).put(DateTime.http1Bytes()).put(rest);
  }

  /// What follows the date in a 200 with `json`.
  ///
  /// @param closes whether the connection is closed afterwards
  /// @param more further headers, each with its line end
  static byte[] snapshot(byte[] json, Header tag, boolean closes, String more) {
    byte[] head =
        bytes(headers(closes, json.length) + line(Answers.JSON) + line(tag) + more + "\r\n");
    return ByteBuffer.allocate(head.length + json.length).put(head).put(json).array();
  }

  /// What follows the date in a 204.
  ///
  /// @param closes whether the connection is closed afterwards
  /// @param more further headers, each with its line end
  static byte[] nothing(Header tag, boolean closes, String more) {
    return bytes(headers(closes, 0) + line(tag) + more + "\r\n");
  }

  /// `header` with its line end.
  static String line(Header header) {
    return header.name() + ": " + header.get() + "\r\n";
  }

  private static String headers(boolean closes, int length) {
    Header connection = closes ? HeaderValues.CONNECTION_CLOSE : HeaderValues.CONNECTION_KEEP_ALIVE;
    return line(Answers.NO_STORE)
        + line(connection)
        + line(HeaderValues.create(HeaderNames.CONTENT_LENGTH, length));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
