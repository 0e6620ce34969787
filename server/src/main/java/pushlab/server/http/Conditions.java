package pushlab.server.http;

import io.helidon.http.DateTime;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Rewrites the conditions of a request so that Helidon's static files can read them. Helidon
/// answers 500 to a malformed condition, answers a range by 500 or by wrong bytes, and reads a list
/// of entity tags as one tag.
public final class Conditions {

  private static final Pattern TAG = Pattern.compile("(?:W/)?\"[^\"]*\"|\\*");

  private Conditions() {}

  /// Removes what a server may ignore: ranges (RFC 9110, section 14.2), and malformed dates and
  /// tags (section 13.1). Splits a list of tags into one value for each tag.
  public static void normalize(WritableHeaders<?> headers) {
    headers.remove(HeaderNames.RANGE);
    removeUnlessDate(headers, HeaderNames.IF_MODIFIED_SINCE);
    removeUnlessDate(headers, HeaderNames.IF_UNMODIFIED_SINCE);
    separateTags(headers, HeaderNames.IF_MATCH);
    separateTags(headers, HeaderNames.IF_NONE_MATCH);
  }

  private static void removeUnlessDate(WritableHeaders<?> headers, HeaderName name) {
    if (headers.contains(name)) {
      try {
        DateTime.parse(headers.get(name).get());
      } catch (DateTimeParseException _) {
        headers.remove(name);
      }
    }
  }

  private static void separateTags(WritableHeaders<?> headers, HeaderName name) {
    if (headers.contains(name)) {
      String list = String.join(",", headers.get(name).allValues());
      List<String> tags = TAG.matcher(list).results().map(MatchResult::group).toList();
      if (tags.isEmpty()) {
        headers.remove(name);
      } else {
        headers.set(name, tags);
      }
    }
  }
}
