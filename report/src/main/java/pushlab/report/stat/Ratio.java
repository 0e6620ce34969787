package pushlab.report.stat;

import org.jspecify.annotations.Nullable;

/// The ratio of two values.
///
/// @param interval null if one of the two values comes from a single repeat, or may be zero
public record Ratio(double value, @Nullable Interval interval) {}
