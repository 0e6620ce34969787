package pushlab.report;

import java.util.List;
import pushlab.report.model.Model;
import pushlab.report.model.ModelPrediction;
import pushlab.report.result.ResultsFolder;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// The cells that a run held out of the model, predicted and measured, as plain text.
public final class HeldOutTable {

  private HeldOutTable() {}

  /// The table of the run in that folder; empty if it held no cell out.
  public static String of(ResultsFolder folder, Language language) {
    return of(Findings.read(folder).model(), language);
  }

  static String of(Model model, Language language) {
    List<ModelPrediction> all = model.predictions();
    if (all.isEmpty()) {
      return "";
    }
    long inside = all.stream().filter(ModelPrediction::inside).count();
    var text = new StringBuilder(Phrase.of("held.title").in(language)).append('\n');
    String cell = "";
    for (ModelPrediction it : all) {
      if (!it.cell().equals(cell)) {
        cell = it.cell();
        text.append(cell).append('\n');
      }
      text.append(
          "  %-38s %-32s %-14s %s%n"
              .formatted(
                  it.measure().phrase().in(language),
                  Phrase.of(
                          "held.predicted",
                          it.measure().phrase(it.predicted()),
                          it.measure().phrase(it.lowest()),
                          it.measure().phrase(it.highest()))
                      .in(language),
                  it.measure().text(it.measured(), language),
                  Phrase.of(it.inside() ? "held.inside" : "held.outside").in(language)));
    }
    return text.append(
            Phrase.of(
                    "held.sum",
                    Phrase.number(all.size(), Text::count),
                    Phrase.number(inside, Text::count))
                .in(language))
        .append('\n')
        .toString();
  }
}
