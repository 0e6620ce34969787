package pushlab.server.state;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The tasks by name, all of one epoch. A task comes to be with its first update; the one named
/// `default` is there from the start, and so are those that the store remembers. Thread-safe.
public final class Tasks implements AutoCloseable {

  /// The task that is meant where none is named.
  public static final String DEFAULT = "default";

  private final int limit;
  private final StateStore store;
  private final Sweeper sweeper = new Sweeper();
  private final ConcurrentMap<String, VersionedState> states = new ConcurrentHashMap<>();
  private final ReentrantLock creating = new ReentrantLock();
  private volatile boolean closed;

  /// The task `default` alone, in memory and in a new epoch.
  ///
  /// @param limit how many tasks there may be, at least 1
  public Tasks(int limit) {
    this(limit, new MemoryStore());
  }

  /// The tasks of `store`, which stays the caller's to close.
  ///
  /// @param limit how many tasks there may be, at least 1; if there are more already, they stay
  /// @throws StoreException if the store cannot be read
  public Tasks(int limit, StateStore store) {
    this.limit = limit;
    this.store = store;
    store.latest().forEach(this::add);
    if (!states.containsKey(DEFAULT)) {
      add(Snapshot.now(DEFAULT, store.epoch(), 0, VersionedState.FIRST_STATUS));
    }
  }

  public Optional<VersionedState> find(String task) {
    return Optional.ofNullable(states.get(task));
  }

  /// Sets the status of the task of that name, which comes to be if need be; see
  /// [VersionedState#update].
  ///
  /// @return the new snapshot; empty if that would be one task too many
  /// @throws StoreException if the store has it not; then nothing has changed here
  public Optional<Snapshot> update(String task, String status) {
    VersionedState known = states.get(task);
    return known == null ? create(task, status) : Optional.of(known.update(status));
  }

  public Collection<VersionedState> all() {
    return states.values();
  }

  /// Ends every wait for every task; see [VersionedState#close].
  @Override
  public void close() {
    closed = true;
    states.values().forEach(VersionedState::close);
    sweeper.close();
  }

  private Optional<Snapshot> create(String task, String status) {
    creating.lock();
    try {
      @Nullable VersionedState known = states.get(task);
      if (known == null) {
        return states.size() < limit
            ? Optional.of(add(store.update(task, status)))
            : Optional.empty();
      }
      return Optional.of(known.update(status));
    } finally {
      creating.unlock();
    }
  }

  private Snapshot add(Snapshot last) {
    var state = new VersionedState(last, store, sweeper);
    states.put(last.task(), state);
    if (closed) {
      state.close();
    }
    return last;
  }
}
