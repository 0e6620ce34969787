package pushlab.bench.check;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import pushlab.bench.check.Rule.Broken;

/// The lines of a stream. A line ends with a line feed, a carriage return, or both.
final class BoundedLines {

  /// The most characters of a line, and of what is made of several.
  static final int LONGEST = 1 << 16;

  private final BufferedReader in;
  private boolean afterReturn;

  BoundedLines(BufferedReader in) {
    this.in = in;
  }

  /// The next line, or null at the end.
  ///
  /// @throws Broken if it is longer than [#LONGEST]
  @Nullable String next() throws Broken, IOException {
    int next = in.read();
    if (next == '\n' && afterReturn) {
      next = in.read();
    }
    if (next < 0) {
      return null;
    }
    var line = new StringBuilder();
    for (; next >= 0 && next != '\n' && next != '\r'; next = in.read()) {
      line.append((char) next);
      expectShort("a line", line.length());
    }
    afterReturn = next == '\r';
    return line.toString();
  }

  /// Fails unless `what` has at most [#LONGEST] characters.
  static void expectShort(String what, int length) throws Broken {
    Broken.unless(length <= LONGEST, "%s has more than %d characters".formatted(what, LONGEST));
  }
}
