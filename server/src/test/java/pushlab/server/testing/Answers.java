package pushlab.server.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The answers in the bytes that came from a server, as text of one character a byte.
final class Answers {

  private static final String BEGINNING = "HTTP/1.1 ";
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final Pattern NO_BODY = Pattern.compile("HTTP/1\\.1 (1..|204|304) ");
  private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: ([0-9]+)\r\n");
  private static final Pattern DATE =
      Pattern.compile(
          "\r\nDate: [A-Z][a-z]{2}, [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT\r\n");

  private final StringBuilder text = new StringBuilder();
  private final List<String> whole = new ArrayList<>();
  private boolean toHead;
  private int from;

  /// The next answer is to HEAD.
  void nextIsToHead() {
    toHead = true;
  }

  /// Takes the next bytes that came.
  void add(String more) {
    text.append(more);
    while (from < text.length() && next()) {
      // The next one follows.
    }
  }

  /// Where `more` begins in everything that came, from `start` on; -1 if it is not there.
  int indexOf(String more, int start) {
    return text.indexOf(more, start);
  }

  /// How many answers are whole.
  int count() {
    return whole.size();
  }

  /// Each answer without its time and its length, which is checked, and then what follows the last
  /// whole answer, if anything does.
  List<String> all() {
    List<String> all = new ArrayList<>(whole);
    if (from < text.length()) {
      all.add(neutral(text.substring(from)));
    }
    return all;
  }

  private boolean next() {
    int end = text.indexOf(END_OF_HEAD, from) + END_OF_HEAD.length();
    if (!isBeginning(from) || end < END_OF_HEAD.length()) {
      return false;
    }
    String head = text.substring(from, end);
    if (NO_BODY.matcher(head).lookingAt() || isToHead(head, end)) {
      return add(head, "", end);
    }
    if (head.contains("\r\nTransfer-Encoding: chunked\r\n")) {
      return addChunks(head, end);
    }
    Matcher length = LENGTH.matcher(head);
    int to = length.find() ? end + Integer.parseInt(length.group(1)) : Integer.MAX_VALUE;
    return to <= text.length() && add(head, text.substring(end, to), to);
  }

  /// An answer to HEAD has a length and no body.
  private boolean isToHead(String head, int end) {
    return LENGTH.matcher(head).find() && (toHead || isBeginning(end));
  }

  private boolean isBeginning(int at) {
    return text.indexOf(BEGINNING, at) == at;
  }

  private boolean addChunks(String head, int end) {
    var body = new StringBuilder();
    int at = end;
    while (true) {
      int line = text.indexOf("\r\n", at);
      if (line < 0) {
        return false;
      }
      int size = Integer.parseInt(text.substring(at, line), 16);
      at = line + 2 + size + 2;
      if (at > text.length()) {
        return false;
      }
      if (size == 0) {
        return add(head, body.toString(), at);
      }
      body.append(text, line + 2, line + 2 + size);
    }
  }

  private boolean add(String head, String body, int end) {
    whole.add(neutral(LENGTH.matcher(head).replaceFirst("\r\nContent-Length: (right)\r\n") + body));
    from = end;
    toHead = false;
    return true;
  }

  private static String neutral(String answer) {
    return DATE.matcher(answer)
        .replaceFirst("\r\nDate: (now)\r\n")
        .replaceAll("\"updatedAt\":\"[0-9T:.-]+Z\"", "\"updatedAt\":\"(now)\"")
        .replaceAll("retry: [0-9]+", "retry: (some)");
  }
}
