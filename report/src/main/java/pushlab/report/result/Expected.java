package pushlab.report.result;

import java.util.Locale;

/// What a file or a folder of a run should be.
public enum Expected {
  RUN("a run"),
  CELL("a cell"),
  CELL_OF_FOLDER("a cell with the name of its folder"),
  IDLE("what was measured while nothing changed"),
  PROXY("what was measured of a proxy"),
  OUTAGE("what was measured of an outage"),
  HERD("what was measured of a herd"),
  LOG("a histogram log"),
  RAW_LOG("histogram logs with one tagged 'raw'"),
  CORRECTED_LOG("histogram logs with one tagged 'corrected'"),
  JMH("JMH's results as JSON"),
  GATLING("Gatling's report"),
  COUNTED("what Gatling counted"),
  RESULTS_FOLDER("a folder of results"),
  GATLING_FOLDER("a folder of Gatling's reports");

  private final String english;

  Expected(String english) {
    this.english = english;
  }

  /// Its name in a sentence.
  public Said said() {
    return Said.of("noun." + name().toLowerCase(Locale.ROOT).replace('_', '-'), english);
  }
}
