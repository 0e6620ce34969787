package pushlab.report.stat;

/// The 95 % confidence interval of a value.
public record Interval(double low, double high) {}
