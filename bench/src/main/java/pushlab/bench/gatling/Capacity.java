package pushlab.bench.gatling;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import pushlab.report.result.GatlingStats;
import pushlab.report.result.Transport;

/// `capacity.json`: how many connections a server held, and why no more.
///
/// @param connections readers that were connected at once, each on a connection of its own; one
///     more was the instrument's
/// @param most how many were to be tried
/// @param end what ended the ramp
/// @param reason the same in a sentence
/// @param worstSecondMillis 99th percentile, in the slowest second, of the answers that are due at
///     once; 0 if the ramp ended before one could be judged
/// @param limitMillis what that must not exceed
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
    /// The 99th percentile of a second was over the limit.
    TOO_SLOW,
    /// As many as were to be tried are held.
    MOST_HELD
  }

  /// What a ramp found.
  ///
  /// @param failures what went wrong in Gatling's words
  static Capacity of(
      Ramp ramp,
      Transport transport,
      Load load,
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

  /// What it found, in a line.
  public String sentence() {
    return "%s: %d connections held; %s".formatted(transport.title(), connections, reason);
  }

  private static String reason(
      End end, int most, double worst, Duration limit, List<GatlingStats.Failure> failures) {
    return switch (end) {
      case MOST_HELD -> "no more than %d were tried".formatted(most);
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
