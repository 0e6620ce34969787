package pushlab.report.result.road;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import pushlab.report.result.Said;

/// A value that was measured, or the reason why it was not.
///
/// @param value null if it was not measured
/// @param why null if it was measured
public record Seen<T>(@Nullable T value, @Nullable Said why) {

  public Seen {
    if ((value == null) == (why == null)) {
      throw new IllegalArgumentException("either a value or a reason");
    }
  }

  /// What was measured.
  public static <T> Seen<T> of(T value) {
    return new Seen<>(requireNonNull(value), null);
  }

  /// Nothing was measured.
  ///
  /// @param why a sentence without its full stop
  public static <T> Seen<T> not(Said why) {
    return new Seen<>(null, requireNonNull(why));
  }
}
