package pushlab.server.state;

import java.util.function.Consumer;

/// A store that several servers update. Thread-safe.
public interface SharedStore extends StateStore {

  /// Has `told` hear of each version that any server gives to a task from now on, the latest at
  /// least, by one thread. It may hear of one twice, and of an old one after a new one.
  ///
  /// To be called once.
  ///
  /// @throws StoreException if nothing can be heard
  void listen(Consumer<Snapshot> told);
}
