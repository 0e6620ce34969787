package pushlab.report;

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
        text.append(
            "  %-31s %s\n"
                .formatted(row.measure().phrase().english(), row.verdict().sentence().english()));
      }
      answer.notes().forEach(note -> text.append("  ").append(note.english()).append('\n'));
    }
    return text.toString();
  }
}
