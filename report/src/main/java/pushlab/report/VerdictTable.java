package pushlab.report;

import java.util.List;

/// The verdicts as plain text, for a terminal.
final class VerdictTable {

  private VerdictTable() {}

  static String of(Findings findings) {
    if (findings.cells().isEmpty()) {
      return "No cell was measured: there is nothing to judge.\n";
    }
    var text = new StringBuilder();
    for (Answer answer : Answer.of(findings)) {
      text.append(text.isEmpty() ? "" : "\n").append(answer.workload().title()).append('\n');
      for (Answer.Row row : answer.rows()) {
        text.append("  %-31s %s%n".formatted(row.measure().title(), row.verdict().sentence()));
      }
      List<String> unfit = answer.unfit();
      unfit.forEach(line -> text.append("  no verdict on ").append(line).append('\n'));
    }
    return text.toString();
  }
}
