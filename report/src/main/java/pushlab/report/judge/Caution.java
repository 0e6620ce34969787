package pushlab.report.judge;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import pushlab.report.stat.Interval;
import pushlab.report.text.Format;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// What a reader should know before trusting a cell.
///
/// @param value how large it is: a share, or the number of which `kind` speaks
public record Caution(Kind kind, double value) {

  /// What limits a cell.
  public enum Kind {
    /// The share of the updates that could not be sent in time.
    NOT_SENT(Text::precisePercent),
    /// The share of the server's CPU time that its JIT compilers took.
    COMPILED(Text::percent),
    /// How many connections clients opened for one delivery.
    CONNECTIONS(Text::significant),
    /// How many versions were delivered again.
    REPEATED(Text::count),
    /// The share of the time in which the cores were busy.
    BUSY(Text::percent);

    @SuppressWarnings("ImmutableEnumChecker") // a function of Text
    private final Format format;

    Kind(Format format) {
      this.format = format;
    }

    /// The sentence for cells with the lowest and the highest of these values.
    public Phrase phrase(Interval values) {
      return Phrase.of(
          "fit." + name().toLowerCase(Locale.ROOT).replace('_', '-'),
          Text.isOnePoint(values, format)
              ? Phrase.number(values.low(), format)
              : Phrase.of(values, format));
    }
  }

  /// The sentence for this cell alone.
  @JsonValue
  public Phrase phrase() {
    return kind.phrase(new Interval(value, value));
  }
}
