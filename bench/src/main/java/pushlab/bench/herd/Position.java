package pushlab.bench.herd;

import org.jspecify.annotations.Nullable;

/// A version in the life of a server.
///
/// @param epoch null if nothing is known yet, or the server has no epochs
/// @param version -1 if nothing is known yet
record Position(@Nullable String epoch, long version) {

  static final Position NONE = new Position(null, -1);

  /// Whether a client at this position holds `other` or something newer.
  boolean includes(Position other) {
    return version >= other.version && isOfSameEpoch(other);
  }

  boolean isOfSameEpoch(Position other) {
    return epoch == null ? other.epoch == null : epoch.equals(other.epoch);
  }

  /// How many versions were published between this one and `newer` and are shown by no client that
  /// goes from one to the other. Version 0 is the state of a server that was told nothing.
  long missedUntil(Position newer) {
    return version < 0 ? 0 : Math.max(0, newer.version - 1 - (isOfSameEpoch(newer) ? version : 0));
  }

  /// As in `Last-Event-ID` and `ETag`.
  String tag() {
    return epoch + "-" + version;
  }

  /// As in a query; empty at [#NONE].
  String query() {
    if (version < 0) {
      return "";
    }
    return "?last_version=" + version + (epoch == null ? "" : "&epoch=" + epoch);
  }
}
