package pushlab.bench.road.proxy;

import java.util.List;
import java.util.regex.Pattern;

/// Finds the line that matters in what a program has said.
final class Messages {

  private static final Pattern TROUBLE =
      Pattern.compile(
          "(?i)\\b(error|fatal|emerg|alert|cannot|could not|failed|invalid|unknown|denied)\\b");

  private Messages() {}

  /// The first line that tells of trouble, or else the last one.
  static String reason(String said) {
    List<String> lines = said.strip().lines().map(String::strip).toList();
    return lines.stream()
        .filter(line -> TROUBLE.matcher(line).find())
        .findFirst()
        .orElseGet(() -> lines.isEmpty() ? "it says nothing" : lines.getLast());
  }
}
