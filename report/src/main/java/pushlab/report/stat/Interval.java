package pushlab.report.stat;

/// The 95 % confidence interval of a value, by percentile bootstrap over repeats.
public record Interval(double low, double high) {}
