package pushlab.server.state;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The tasks by name, all of one epoch. A task comes to be with its first update; the one named
/// `default` is there from the start. Thread-safe.
public final class Tasks implements AutoCloseable {

  /// The task that is meant where none is named.
  public static final String DEFAULT = "default";

  private static final long EPOCHS = 1L << 40;

  private final String epoch = newEpoch();
  private final int limit;
  private final Sweeper sweeper = new Sweeper();
  private final ConcurrentMap<String, VersionedState> states = new ConcurrentHashMap<>();
  private final AtomicInteger free;
  private volatile boolean closed;

  /// The task `default` alone, in a new epoch.
  ///
  /// @param limit how many tasks there may be, at least 1
  public Tasks(int limit) {
    this.limit = limit;
    this.free = new AtomicInteger(limit);
    findOrCreate(DEFAULT);
  }

  public Optional<VersionedState> find(String task) {
    return Optional.ofNullable(states.get(task));
  }

  /// The task of that name, which is created if need be; empty if that would be one too many.
  public Optional<VersionedState> findOrCreate(String task) {
    VersionedState state = states.computeIfAbsent(task, this::create);
    if (state != null && closed) {
      state.close();
    }
    return Optional.ofNullable(state);
  }

  public Collection<VersionedState> all() {
    return states.values();
  }

  public int limit() {
    return limit;
  }

  /// Ends every wait for every task; see [VersionedState#close].
  @Override
  public void close() {
    closed = true;
    states.values().forEach(VersionedState::close);
    sweeper.close();
  }

  private @Nullable VersionedState create(String task) {
    int left = free.getAndUpdate(count -> Math.max(0, count - 1));
    return left == 0 ? null : new VersionedState(task, epoch, sweeper);
  }

  private static String newEpoch() {
    return Long.toString(ThreadLocalRandom.current().nextLong(EPOCHS), Character.MAX_RADIX);
  }
}
