package pushlab.server.state;

import org.jspecify.annotations.Nullable;

/// How far a reader has read: a version within an epoch.
///
/// Versions count from 0 within one epoch, the life of one store. A reader that does not say which
/// epoch it means, as the course's client does not, is taken to mean the present one.
///
/// @param epoch null where the reader did not say
/// @param version at least 0, or -1 for a reader that has seen nothing
public record Position(@Nullable String epoch, long version) {

  /// Where a reader stands that has seen nothing.
  public static final Position NOTHING = new Position(null, -1);
}
