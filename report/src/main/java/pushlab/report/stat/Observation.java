package pushlab.report.stat;

/// The value that one repeat gave.
///
/// @param disturbed whether something else used the machine meanwhile, which can have changed the
///     value
public record Observation(double value, boolean disturbed) {}
