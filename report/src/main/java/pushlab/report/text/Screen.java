package pushlab.report.text;

import java.util.ArrayList;
import java.util.List;

/// Where text is printed.
///
/// @param columns how many characters a line may have
/// @param color whether it understands the colors of ECMA-48 (select graphic rendition)
public record Screen(Language language, int columns, boolean color) {

  /// A file or a pipe, in English.
  public static final Screen PLAIN = new Screen(Language.ENGLISH, 100, false);

  /// `phrase` in the language of the screen.
  public String say(Phrase phrase) {
    return phrase.in(language);
  }

  /// `text` with spaces after it, so that it has `width` characters.
  public static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /// `text` in bold green, where there is color.
  public String best(String text) {
    return colored("1;32", text);
  }

  /// `text` in bold, where there is color.
  public String strong(String text) {
    return colored("1", text);
  }

  private String colored(String rendition, String text) {
    return color ? "\u001b[%sm%s\u001b[0m".formatted(rendition, text) : text;
  }

  /// `text` in lines that fit, broken at spaces. A word that is longer than a line is not broken.
  ///
  /// @param first before the first line
  /// @param others before each of the others
  public String wrapped(String first, String others, String text) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder(first);
    boolean empty = true;
    for (String word : List.of(text.split(" ", -1))) {
      if (!empty && line.length() + 1 + word.length() > columns) {
        lines.add(line.toString());
        line = new StringBuilder(others);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
    return String.join("\n", lines);
  }
}
