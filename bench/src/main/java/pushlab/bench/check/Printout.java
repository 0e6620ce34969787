package pushlab.bench.check;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import pushlab.bench.text.Texts;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;

/// Prints findings to a terminal, each as soon as it is known.
final class Printout {

  private static final String INDENT = "          ";

  private final PrintStream out;
  private final Language language;
  private String group = "";
  private String skipped = "";

  Printout(PrintStream out, Language language) {
    this.out = out;
    this.language = language;
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
              sign(finding)
                  + finding.rule()
                  + (finding.found().isEmpty() ? "" : ": " + finding.found()));
      case SKIP -> skipped(finding);
      case ROAD, FAIL, WEAK -> {
        if (finding.isExplained()) {
          broken(finding);
        } else {
          Phrase see = Texts.of("check.see", String.valueOf(finding.road()));
          out.println(sign(finding) + finding.rule() + ": " + finding.found() + see.in(language));
        }
      }
    }
    out.flush();
  }

  void print(List<String> remarks) {
    if (!remarks.isEmpty()) {
      out.println();
    }
    remarks.forEach(remark -> out.println(Texts.of("check.note", remark).in(language)));
    out.flush();
  }

  private String sign(Finding finding) {
    String word = finding.outcome().phrase().in(language);
    boolean isFail = finding.outcome() == Finding.Outcome.FAIL;
    return "  %-4s  ".formatted(isFail ? word.toUpperCase(Locale.ROOT) : word);
  }

  private void broken(Finding finding) {
    out.println(sign(finding) + finding.rule());
    under(Texts.of("check.expected", finding.promise()));
    under(Texts.of("check.found", finding.found()));
    under(Texts.of("check.means", finding.meaning()));
    under(
        Texts.of(
            finding.course() ? "check.course" : "check.source",
            finding.sentence(),
            finding.source()));
  }

  private void under(Phrase phrase) {
    out.println(INDENT + phrase.in(language));
  }

  /// Prints a reason once for all rules that are skipped one after another because of it.
  private void skipped(Finding finding) {
    if (!finding.found().equals(skipped)) {
      skipped = finding.found();
      out.println(sign(finding) + finding.rule() + ": " + skipped);
    }
  }
}
