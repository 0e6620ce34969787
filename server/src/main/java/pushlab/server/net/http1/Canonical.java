package pushlab.server.net.http1;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import java.util.List;
import java.util.Locale;

/// The headers of a request as Helidon looks for them: by one spelling, where RFC 9110 wants case
/// ignored and lists read.
final class Canonical {

  private Canonical() {}

  /// Spells `headers`, which came in `head`, in that way.
  static void spell(WritableHeaders<?> headers, RequestHead head) {
    RequestLine line = head.line();
    if (line.isHttp10()) {
      headers.remove(HeaderNames.UPGRADE);
      headers.set(HeaderValues.CONNECTION_CLOSE);
    } else if (headers.contains(HeaderNames.CONNECTION)) {
      spellConnection(headers);
    }
    if (!line.authority().isEmpty()) {
      headers.set(HeaderNames.HOST, line.authority());
    }
    if (head.expectsContinue()) {
      headers.set(HeaderValues.EXPECT_100);
    }
    if (head.isInChunks()) {
      headers.set(HeaderValues.TRANSFER_ENCODING_CHUNKED);
    }
  }

  private static void spellConnection(WritableHeaders<?> headers) {
    Header connection = headers.get(HeaderNames.CONNECTION);
    if (connection.equals(HeaderValues.CONNECTION_KEEP_ALIVE)) {
      return;
    }
    List<String> options =
        connection.allValues(true).stream().map(value -> value.toLowerCase(Locale.ROOT)).toList();
    if (options.contains("close")) {
      headers.set(HeaderValues.CONNECTION_CLOSE);
    }
  }
}
