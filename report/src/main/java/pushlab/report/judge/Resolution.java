package pushlab.report.judge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Arrays;
import java.util.List;
import pushlab.report.result.Cell;
import pushlab.report.result.Transport;
import pushlab.report.stat.Confidence;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// The least difference that is significant in a run, for two cells with its number of repeats.
/// For delays it applies to transports other than short polling.
///
/// @param ratio of the higher to the lower of the two
public record Resolution(Measure measure, double ratio) {

  /// The resolution of each measure whose scatter is known.
  public static List<Resolution> of(List<Cell> cells, Scatters scatters) {
    int repeats = cells.stream().mapToInt(cell -> cell.repeats().size()).max().orElse(0);
    return Arrays.stream(Measure.values())
        .map(
            measure ->
                new Resolution(
                    measure,
                    scatters
                        .of(measure, Transport.LONG_POLLING)
                        .leastRatio(repeats, Confidence.LIKELY.level())))
        .filter(resolution -> Double.isFinite(resolution.ratio))
        .toList();
  }

  /// For example `server CPU per delivery: 31 %`.
  @JsonIgnore
  public Phrase phrase() {
    return Phrase.joined(
        ": ", List.of(measure.phrase().within(), Phrase.number(ratio - 1, Text::precisePercent)));
  }
}
