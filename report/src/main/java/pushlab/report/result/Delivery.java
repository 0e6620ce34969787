package pushlab.report.result;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import pushlab.report.result.Transport.Asking;

/// How subscribers of our server wait: the values of its option `--delivery`.
public enum Delivery {
  /// As data: one thread serves them all.
  LOOP,
  /// Each in a virtual thread of its own.
  THREADS;

  /// What the server does unless it is told otherwise.
  public static final Delivery DEFAULT = LOOP;

  /// Whether it makes a difference for `transport`. A short poll is answered at once.
  public static boolean concerns(Transport transport) {
    return transport.asking() != Asking.AT_INTERVALS;
  }

  /// Its name in JSON and on the command line.
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The delivery of that `id`.
  ///
  /// @throws IllegalArgumentException if there is none; the message lists those that there are
  public static Delivery of(String id) {
    return Arrays.stream(values())
        .filter(delivery -> delivery.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no delivery '%s'; there are %s".formatted(id, Arrays.toString(values()))));
  }

  @Override
  public String toString() {
    return id();
  }
}
