package pushlab.report;

/// A measure over all repeats of a cell, and the lowest and the highest that one repeat had.
public record Spread(double value, double lowest, double highest) {

  boolean overlaps(Spread other) {
    return lowest <= other.highest && other.lowest <= highest;
  }
}
