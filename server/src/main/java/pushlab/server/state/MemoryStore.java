package pushlab.server.state;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// A store that lasts as long as the process.
public final class MemoryStore implements StateStore {

  private final String epoch;
  private final ConcurrentMap<String, Snapshot> latest = new ConcurrentHashMap<>();

  /// An empty store, in a new epoch.
  public MemoryStore() {
    this(StateStore.newEpoch());
  }

  MemoryStore(String epoch) {
    this.epoch = epoch;
  }

  @Override
  public String epoch() {
    return epoch;
  }

  @Override
  public Collection<Snapshot> latest() {
    return latest.values();
  }

  @Override
  public Snapshot update(String task, String status) {
    return latest.compute(
        task,
        (_, last) -> Snapshot.now(task, epoch, last == null ? 1 : last.version() + 1, status));
  }

  @Override
  public void close() {}
}
