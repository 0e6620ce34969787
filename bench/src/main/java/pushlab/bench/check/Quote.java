package pushlab.bench.check;

/// Shortens the text of a server for display.
final class Quote {

  private static final int LONGEST = 400;

  private Quote() {}

  /// `text` on one line. A long text is cut.
  static String of(String text) {
    String beginning = text.length() > 4 * LONGEST ? text.substring(0, 4 * LONGEST) : text;
    String line = beginning.strip().replaceAll("\\s+", " ");
    boolean cut = beginning.length() < text.length() || line.length() > LONGEST;
    return cut ? line.substring(0, Math.min(LONGEST, line.length())) + "…" : line;
  }
}
