package pushlab.report.figure;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import pushlab.report.herd.HerdSituation;
import pushlab.report.judge.CellSummary;
import pushlab.report.result.Delivery;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// The English texts of the figures' specs with their French translations: the page holds each
/// spec only once.
public final class Words {

  private Words() {}

  /// As an object in JSON, fit to stand in a `script` element.
  public static String json(List<CellSummary> cells, List<HerdSituation> herds)
      throws JsonProcessingException {
    var words = new TreeMap<String, String>();
    Stream.of(Transport.values()).map(Phrase::of).forEach(phrase -> put(words, phrase));
    Stream.of(Delivery.values()).map(Phrase::of).forEach(phrase -> put(words, phrase));
    put(words, Phrase.of("unit.byte"));
    Language.ENGLISH.keys("word.").map(Phrase::of).forEach(phrase -> put(words, phrase));
    Language.ENGLISH.keys("figure.").map(Phrase::of).forEach(phrase -> put(words, phrase));
    for (CellSummary cell : cells) {
      Stream.of(
              cell.phrase(),
              cell.workload().phrase(),
              cell.workload().over(null).phrase(),
              cell.clientsPhrase(),
              cell.ratePhrase())
          .forEach(phrase -> put(words, phrase));
      if (cell.delivery() != null) {
        put(words, ByDeliveryFigures.choice(cell));
      }
    }
    DifferenceFigure.drawn(cells).forEach(cell -> put(words, DifferenceFigure.times(cell)));
    HerdFigures.words(herds).forEach(phrase -> put(words, phrase));
    ArrivalsFigure.words(herds).forEach(phrase -> put(words, phrase));
    return Text.embedded(ResultsFolder.json().writeValueAsString(words));
  }

  private static void put(Map<String, String> words, Phrase phrase) {
    words.put(phrase.english(), phrase.in(Language.FRENCH));
  }
}
