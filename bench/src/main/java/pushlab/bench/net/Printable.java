package pushlab.bench.net;

import java.util.Locale;

/// Text of others, made fit to be printed: a server's words could else move the cursor, change what
/// was printed before, or say what looks like ours.
public final class Printable {

  private static final int LONGEST = 500;

  private Printable() {}

  /// `text` on one line, with every character that is none to be seen, such as an escape, a line
  /// break, or one that turns the direction of writing, written as `\n` or `\u001b`. Anything else,
  /// a space of any width too, stays.
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

  /// The same, of text that may be of any length: what goes on after 500 characters is left out,
  /// and said so.
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
