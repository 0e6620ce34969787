package pushlab.report.advice;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Where an answer comes from.
public enum Certainty {
  /// The workload itself was measured.
  MEASURED,
  /// The model that was fitted to the run estimates it, in whole or in part.
  ESTIMATED,
  /// This run cannot tell.
  CANNOT_TELL;

  /// Its name in JSON and in keys of texts.
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
