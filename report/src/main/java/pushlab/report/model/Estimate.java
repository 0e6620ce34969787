package pushlab.report.model;

import java.util.List;

/// What the model says of a workload that was not measured.
///
/// @param value in the unit of its measure
/// @param factor nine of ten cells that were held out of the fit were not further away, as a factor
///     up or down; 1 if the value follows from theory alone
/// @param cells the ids of the cells that it comes from
public record Estimate(double value, double factor, List<String> cells) {}
