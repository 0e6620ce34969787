package pushlab.server.state;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/// The tasks by name, all of one epoch. The first update of a task creates it. The task `default`
/// exists from the start, and so do the tasks that the store remembers. Thread-safe.
public final class Tasks implements AutoCloseable {

  /// The task that is meant if a request names none.
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

  /// The tasks of `store`. The caller closes the store.
  ///
  /// @param limit how many tasks there may be, at least 1; if the store has more already, they stay
  /// @throws StoreException if the store cannot be read
  public Tasks(int limit, StateStore store) {
    this.limit = limit;
    this.store = store;
    this.lookAgain = store instanceof SharedStore ? new LookAgain(this::look) : LookAgain.NEVER;
    // Listen first, then read: an update of another server between the two is never missed.
    if (store instanceof SharedStore shared) {
      shared.listen(this::advance);
    }
    look();
    if (!states.containsKey(DEFAULT)) {
      advance(Snapshot.now(DEFAULT, store.epoch(), 0, VersionedState.FIRST_STATUS));
    }
  }

  /// The task of that name. If it is not known here, the store is asked, because another server may
  /// have created it.
  ///
  /// @throws StoreException if the store cannot be asked now
  public Optional<VersionedState> find(String task) {
    if (!states.containsKey(task)) {
      lookAgain.now();
    }
    return known(task);
  }

  /// The task of that name if it is known here. The store is not asked.
  public Optional<VersionedState> known(String task) {
    return Optional.ofNullable(states.get(task));
  }

  /// Sets the status of the task of that name, and creates the task if there is none; see
  /// [VersionedState#update].
  ///
  /// @return the new snapshot; empty if the limit of tasks is reached
  /// @throws StoreException if the store has not kept it; nothing has changed here then
  public Optional<Snapshot> update(String task, String status) {
    VersionedState known = states.get(task);
    return known == null ? create(task, status) : Optional.of(known.update(status));
  }

  public Collection<VersionedState> all() {
    return states.values();
  }

  /// Lets `told` run each time after waits may have ended and their owners have been told, in the
  /// thread that told them. It must not block.
  public void afterWaking(Runnable told) {
    sweeper.afterWaking(told);
  }

  /// Since when this server has lost the store; see [StateStore#lostSince].
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

  /// Advances the task of `next`, which the store has, to that version. Creates the task if there
  /// is none.
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
