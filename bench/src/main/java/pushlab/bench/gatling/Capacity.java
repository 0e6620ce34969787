package pushlab.bench.gatling;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import pushlab.bench.text.Texts;
import pushlab.report.result.GatlingStats;
import pushlab.report.result.Transport;
import pushlab.report.text.Phrase;

/// `capacity.json`: how many connections a server held, and why not more.
///
/// @param connections how many subscribers were connected at the same time, each with its own
///     connection; the probe had one more
/// @param most how many connections to try
/// @param end what ended the ramp
/// @param reason what ended the ramp, in a sentence
/// @param worstSecondMillis the 99th percentile of the answer times in the slowest second; 0 if the
///     ramp ended before a second could be judged
/// @param limitMillis the limit for this time
public record Capacity(
    URI target,
    Transport transport,
    int connections,
    int most,
    End end,
    String reason,
    double worstSecondMillis,
    long limitMillis) {

  /// Why a ramp ended.
  public enum End {
    /// Something failed.
    ERROR,
    /// The 99th percentile of a second was above the limit.
    TOO_SLOW,
    /// The server held all connections that were to be tried.
    MOST_HELD
  }

  /// The result of a ramp.
  ///
  /// @param failures the failures that Gatling recorded
  static Capacity of(
      Ramp ramp,
      Transport transport,
      GatlingLoad load,
      Duration limit,
      List<GatlingStats.Failure> failures) {
    double worst = ramp.worstSecond().toNanos() / 1e6;
    return new Capacity(
        load.target(),
        transport,
        ramp.connections(),
        load.clients(),
        ramp.end(),
        reason(ramp.end(), load.clients(), worst, limit, failures),
        worst,
        limit.toMillis());
  }

  /// The result in one line.
  public Phrase sentence() {
    Phrase why =
        switch (end) {
          case MOST_HELD -> Texts.of("capacity.most-held", most);
          case TOO_SLOW ->
              Texts.of("capacity.too-slow", Texts.number(worstSecondMillis, 0), limitMillis);
          case ERROR -> Texts.of("capacity.error", reason);
        };
    return Texts.of("capacity.held", Phrase.of(transport), connections, why);
  }

  private static String reason(
      End end, int most, double worst, Duration limit, List<GatlingStats.Failure> failures) {
    return switch (end) {
      case MOST_HELD -> "all %d that were tried".formatted(most);
      case TOO_SLOW ->
          String.format(
              Locale.ROOT,
              "with more, the 99th percentile of a second was %.0f ms, over the limit of %d ms",
              worst,
              limit.toMillis());
      case ERROR ->
          failures.isEmpty() ? "then something failed" : whose(failures.getFirst().message());
    };
  }

  private static String whose(String failure) {
    boolean instrument =
        failure.contains("Too many open files") || failure.contains("Cannot assign requested");
    return (instrument ? "then the instrument's own limit: " : "then the first error: ") + failure;
  }
}
