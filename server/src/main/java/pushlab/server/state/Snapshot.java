package pushlab.server.state;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One version of a task's status. Immutable, and shared by all answers.
public final class Snapshot {

  private final String task;
  private final String epoch;
  private final long version;
  private final String status;
  private final Instant updatedAt;

  private volatile @Nullable Object encoded;

  public Snapshot(String task, String epoch, long version, String status, Instant updatedAt) {
    this.task = task;
    this.epoch = epoch;
    this.version = version;
    this.status = status;
    this.updatedAt = updatedAt;
  }

  /// A version made at this moment, to the millisecond.
  public static Snapshot now(String task, String epoch, long version, String status) {
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    return new Snapshot(task, epoch, version, status, now);
  }

  public String task() {
    return task;
  }

  public String epoch() {
    return epoch;
  }

  public long version() {
    return version;
  }

  public String status() {
    return status;
  }

  public Instant updatedAt() {
    return updatedAt;
  }

  /// Whether a subscriber at `seen` needs this snapshot, which is so unless it has seen exactly
  /// this one. If it names another epoch, or a version that this epoch has not reached, it gets
  /// this snapshot and does not wait.
  public boolean isNewsTo(Position seen) {
    return seen.version() != version || (seen.epoch() != null && !seen.epoch().equals(epoch));
  }

  /// Whether a subscriber at `seen` has seen a later version of this epoch.
  public boolean isBehind(Position seen) {
    return seen.version() > version && (seen.epoch() == null || seen.epoch().equals(epoch));
  }

  /// What `encoder` makes of this snapshot. It is made once and shared by every answer, so it must
  /// never be changed. All callers must give the same encoder. If two threads call this first, both
  /// may run it.
  public <T> T encoded(Class<T> type, Function<Snapshot, T> encoder) {
    Object form = encoded;
    if (form == null) {
      form = encoder.apply(this);
      encoded = form;
    }
    return type.cast(form);
  }

  @Override
  public String toString() {
    return "%s %s-%d %s".formatted(task, epoch, version, status);
  }
}
