package pushlab.bench.net;

import java.util.Locale;

/// Makes foreign text safe to print. Otherwise the text of a server could move the cursor,
/// overwrite what was printed before, or imitate our own output.
public final class Printable {

  private static final int LONGEST = 500;

  private Printable() {}

  /// `text` on one line. Invisible characters, such as an escape, a line break or a change of the
  /// writing direction, are written as `\n` or `\u001b`. All others stay, spaces of any width too.
  public static String of(String text) {
    if (text.codePoints().allMatch(Printable::isSeen)) {
      return text;
    }
    var printable = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (isSeen(point)) {
                printable.appendCodePoint(point);
              } else {
                printable.append(escape(point));
              }
            });
    return printable.toString();
  }

  /// The same, cut after 500 characters. A text that is cut ends with `[and so on]`.
  public static String brief(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? of(text)
        : of(text.substring(0, text.offsetByCodePoints(0, LONGEST))) + " [and so on]";
  }

  private static String escape(int point) {
    return switch (point) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(Locale.ROOT, point > 0xffff ? "\\u{%x}" : "\\u%04x", point);
    };
  }

  private static boolean isSeen(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
