package pushlab.server.state;

import org.jspecify.annotations.Nullable;

/// How far a subscriber has come: a version within an epoch.
///
/// Versions count from 0 within one epoch, the life of one store. A subscriber that names no epoch,
/// like the course's client, means the present one.
///
/// @param epoch null if the subscriber named none
/// @param version at least 0, or -1 if the subscriber has seen nothing
public record Position(@Nullable String epoch, long version) {

  /// The position of a subscriber that has seen nothing.
  public static final Position NOTHING = new Position(null, -1);
}
