package pushlab.server.state;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/// The tasks by name, all of one epoch. A task is created by its first update; the one named
/// `default` exists from the start, and so do those that the store remembers. Thread-safe.
public final class Tasks implements AutoCloseable {

  /// The task that is meant where none is named.
  public static final String DEFAULT = "default";

  private final int limit;
  private final StateStore store;
  private final LookAgain lookAgain;
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
    this.lookAgain = store instanceof SharedStore ? new LookAgain(this::look) : LookAgain.NEVER;
    // Listen first, then look: what others do between the two is never missed.
    if (store instanceof SharedStore shared) {
      shared.listen(this::advance);
    }
    look();
    if (!states.containsKey(DEFAULT)) {
      advance(Snapshot.now(DEFAULT, store.epoch(), 0, VersionedState.FIRST_STATUS));
    }
  }

  /// The task of that name; one that is not known here is looked for in the store, where another
  /// server may have put it.
  ///
  /// @throws StoreException if that cannot be known now
  public Optional<VersionedState> find(String task) {
    if (!states.containsKey(task)) {
      lookAgain.now();
    }
    return Optional.ofNullable(states.get(task));
  }

  /// Sets the status of the task of that name, and creates the task if there is none; see
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

  /// Since when what other servers do is not known here; see [StateStore#lostSince].
  public Optional<Instant> lostSince() {
    return store.lostSince();
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
      Optional<VersionedState> known = find(task);
      if (known.isPresent()) {
        return known.map(state -> state.update(status));
      }
      if (states.size() >= limit) {
        return Optional.empty();
      }
      Snapshot first = store.update(task, status);
      advance(first);
      return Optional.of(first);
    } finally {
      creating.unlock();
    }
  }

  private void look() {
    store.latest().forEach(this::advance);
  }

  /// Goes on to `next`, which the store has, and creates its task if there is none.
  private void advance(Snapshot next) {
    VersionedState state =
        states.computeIfAbsent(
            next.task(), _ -> new VersionedState(next, store, lookAgain, sweeper));
    state.advance(next);
    if (closed) {
      state.close();
    }
  }
}
