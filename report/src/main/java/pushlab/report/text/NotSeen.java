package pushlab.report.text;

import java.util.Arrays;
import java.util.Locale;
import pushlab.report.result.Said;

/// Why something was not measured of a proxy.
public enum NotSeen {
  DID_NOT_ARRIVE,
  NO_ANSWER,
  CLOSED_UNANSWERED,
  NO_UPGRADE,
  NOT_STARTED,
  ENDED,
  FAILED,
  SERVER_ONLY,
  NOT_OURS,
  NO_METRICS,
  NO_WAIT,
  NO_STREAM,
  NO_GZIP,
  HTTP1_ONLY;

  /// The reason.
  ///
  /// @param arguments what its text has `%s` for
  public Said say(Object... arguments) {
    String key = "not-seen." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    return Said.of(
        key,
        Language.ENGLISH.say(key),
        Arrays.stream(arguments).map(it -> Said.verbatim(String.valueOf(it))).toArray(Said[]::new));
  }
}
