package pushlab.report.stat;

/// From where to where a number lies with a confidence of 95 %, by percentile bootstrap over
/// repeats.
public record Interval(double low, double high) {}
