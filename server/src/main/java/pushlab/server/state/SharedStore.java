package pushlab.server.state;

import java.util.function.Consumer;

/// A store that several servers update. Thread-safe.
public interface SharedStore extends StateStore {

  /// Calls `told`, in one thread, with the versions that any server makes from now on. If there are
  /// several new versions of a task, it is called with the latest at least. It may be called twice
  /// with one version, or with an old version after a new one.
  ///
  /// May be called once only.
  ///
  /// @throws StoreException if the store cannot be listened to
  void listen(Consumer<Snapshot> told);
}
