package pushlab.bench.check;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What rules have seen of the road during a check, for the rules about the road itself.
final class Road {

  /// A broken rule that a fault of the road explains.
  ///
  /// @param roads whether the rule was judged to be broken by the road
  /// @param shown whether the answers show that; otherwise the server may do the same
  record Sighting(String rule, String found, boolean roads, boolean shown) {}

  private final boolean compared;
  private final Map<RoadFault, Sighting> sightings = new EnumMap<>(RoadFault.class);

  /// @param compared whether a broken rule is tested at the server's own address too
  Road(boolean compared) {
    this.compared = compared;
  }

  boolean isCompared() {
    return compared;
  }

  /// Keeps `sighting` if it is the first of `fault`, or the first that is the road's.
  void see(RoadFault fault, Sighting sighting) {
    sightings.merge(
        fault, sighting, (before, now) -> !before.roads() && now.roads() ? now : before);
  }

  Optional<Sighting> of(RoadFault fault) {
    return Optional.ofNullable(sightings.get(fault));
  }
}
