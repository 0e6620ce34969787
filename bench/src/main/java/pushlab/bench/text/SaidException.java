package pushlab.bench.text;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;

/// Why a command cannot go on, in each language. Its message is in English.
public final class SaidException extends IOException {

  private final transient Phrase why;

  /// @param cause may be null
  public SaidException(Phrase why, @Nullable Throwable cause) {
    super(why.english(), cause);
    this.why = why;
  }

  public SaidException(Phrase why) {
    this(why, null);
  }

  /// The message.
  public Phrase phrase() {
    return why;
  }

  /// The message in `language`.
  public String in(Language language) {
    return why.in(language);
  }
}
