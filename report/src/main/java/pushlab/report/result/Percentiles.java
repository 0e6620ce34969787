package pushlab.report.result;

import org.HdrHistogram.Histogram;

/// The points of a latency distribution that a report shows, in the unit of the histogram.
public record Percentiles(long p50, long p90, long p99, long p999, long max) {

  /// Those of `histogram`; all zero when it is empty.
  public static Percentiles of(Histogram histogram) {
    return new Percentiles(
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(90),
        histogram.getValueAtPercentile(99),
        histogram.getValueAtPercentile(99.9),
        histogram.getMaxValue());
  }
}
