package pushlab.server.store;

import pushlab.server.state.MemoryStore;
import pushlab.server.state.StateStore;
import pushlab.server.state.StoreException;

/// The stores by the name that a user gives.
public final class Stores {

  /// What [#open] takes, for a person to read.
  public static final String NAMES = "memory or jdbc:h2:file:PATH";

  private static final String MEMORY = "memory";

  private Stores() {}

  /// Whether `name` says which store is meant; it may still be one that cannot be opened.
  public static boolean areNamed(String name) {
    return name.equals(MEMORY) || H2File.isNamed(name);
  }

  /// Opens the store of that name, and creates it if there is none.
  ///
  /// @throws StoreException if it cannot be opened
  public static StateStore open(String name) {
    return name.equals(MEMORY) ? new MemoryStore() : JdbcStore.open(new H2File(name));
  }
}
