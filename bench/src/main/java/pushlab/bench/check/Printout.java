package pushlab.bench.check;

import java.io.PrintStream;
import java.util.List;

/// Prints findings to a terminal, each as soon as it is known.
final class Printout {

  private static final String INDENT = "          ";

  private final PrintStream out;
  private String group = "";
  private String skipped = "";

  Printout(PrintStream out) {
    this.out = out;
  }

  void print(Finding finding) {
    if (!finding.group().equals(group)) {
      group = finding.group();
      skipped = "";
      out.println();
      out.println(group);
    }
    switch (finding.outcome()) {
      case PASS ->
          out.println(
              "  pass  "
                  + finding.rule()
                  + (finding.found().isEmpty() ? "" : ": " + finding.found()));
      case FAIL -> broken("  FAIL  ", finding);
      case WEAK -> broken("  weak  ", finding);
      case SKIP -> skipped(finding);
    }
    out.flush();
  }

  void print(List<String> remarks) {
    if (!remarks.isEmpty()) {
      out.println();
    }
    remarks.forEach(remark -> out.println("Note: " + remark));
    out.flush();
  }

  private void broken(String sign, Finding finding) {
    out.println(sign + finding.rule());
    out.println(INDENT + "expected: " + finding.promise());
    out.println(INDENT + "found:    " + finding.found());
    out.println(INDENT + "means:    " + finding.meaning());
    out.println(
        INDENT
            + (finding.course()
                ? "course:   « %s » (%s)".formatted(finding.sentence(), finding.source())
                : "source:   %s (%s)".formatted(finding.sentence(), finding.source())));
  }

  /// Prints a reason once for all rules that are skipped one after another because of it.
  private void skipped(Finding finding) {
    if (!finding.found().equals(skipped)) {
      skipped = finding.found();
      out.println("  skip  %s: %s".formatted(finding.rule(), skipped));
    }
  }
}
