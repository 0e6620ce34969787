package pushlab.report.text;

import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Run;
import pushlab.report.result.Said;
import pushlab.report.result.Transport;

/// What goes wrong in a run or is left out. A run keeps it in English, with what a report needs to
/// say it in another language.
public enum Remark {
  BROKEN_OFF,
  ENDED_EARLY,
  RESUMED,
  NO_SUITES,
  SUITES_NOT_PLANNED,
  CELL_FAILED,
  CELL_ERRORS,
  SERVER_ENDED,
  NOT_WARMED_UP,
  LEFT_OUT,
  ENVIRONMENT,
  NO_PROCESS,
  NO_JVM,
  NO_KERNEL,
  IDLE_FAILED,
  SUITE_FAILED,
  NETWORK_RELAYED,
  NETWORK_NOT_AS_ASKED,
  NETWORK_NOT_CALIBRATED,
  SHAPER_BUSY,
  OUTAGE_FAILED,
  OUTAGES_LEFT_OUT;

  /// The sentence.
  ///
  /// @param arguments what its text has `%s` for; cells and transports are named in each language
  public Said say(@Nullable Object... arguments) {
    return said(
        "remark." + name().toLowerCase(Locale.ROOT).replace('_', '-'),
        Arrays.stream(arguments).map(Remark::said).toArray(Said[]::new));
  }

  /// The name of Gatling's simulation of `transport`, in a sentence.
  public static Said simulation(Transport transport) {
    return said("noun.simulation", Said.of(transport));
  }

  /// All remarks of `run`. Those of a run that kept no keys are in English in every language.
  public static List<Phrase> of(Run run) {
    Map<String, Said> kept =
        run.said().stream().collect(toMap(Said::text, said -> said, (one, _) -> one));
    return run.remarks().stream()
        .map(text -> Phrase.of(kept.getOrDefault(text, Said.verbatim(text))))
        .toList();
  }

  private static Said said(@Nullable Object argument) {
    return switch (argument) {
      case null -> Said.verbatim("null");
      case Said said -> said;
      case Transport transport -> Said.of(transport);
      case Cell cell -> title(cell);
      default -> Said.verbatim(String.valueOf(argument));
    };
  }

  private static Said title(Cell cell) {
    return cell.network() == null
        ? titleOverLoopback(cell)
        : said("noun.cell-over", titleOverLoopback(cell), Said.verbatim(cell.network().name()));
  }

  private static Said titleOverLoopback(Cell cell) {
    return said(
        "noun.cell-title",
        Said.of(cell.transport()),
        Said.verbatim(String.valueOf(cell.clients())),
        Said.verbatim(Text.number(cell.updatesPerSecond(), Language.ENGLISH)));
  }

  private static Said said(String key, Said... arguments) {
    return Said.of(key, Language.ENGLISH.say(key), arguments);
  }
}
