package pushlab.report.stat;

import org.jspecify.annotations.Nullable;

/// How many times one measure is another.
///
/// @param interval null where one of both rests on a single repeat, or may be zero
public record Ratio(double value, @Nullable Interval interval) {}
