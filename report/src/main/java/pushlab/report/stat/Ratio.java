package pushlab.report.stat;

import org.jspecify.annotations.Nullable;

/// The ratio of two values.
///
/// @param interval null if the uncertainty of one of the two is unknown
public record Ratio(double value, @Nullable Interval interval) {}
