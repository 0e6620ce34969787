package pushlab.server.store;

import org.jspecify.annotations.Nullable;
import pushlab.server.state.MemoryStore;
import pushlab.server.state.StateStore;

/// The stores by the name that a user gives.
public final class Stores {

  /// What [#open] takes, for a person to read.
  public static final String NAMES =
      "memory, jdbc:sqlite:PATH or jdbc:postgresql://HOST/DATABASE?user=USER";

  private static final String MEMORY = "memory";

  private Stores() {}

  /// Whether `name` says which store is meant; it may still be one that cannot be opened. What
  /// named a file of H2's, `jdbc:h2:file:PATH`, is one too.
  public static boolean areNamed(String name) {
    return name.equals(MEMORY)
        || SqliteFile.isNamed(name)
        || H2File.isNamed(name)
        || PostgreSql.isNamed(name);
  }

  /// Whether `name` has a password in it, where everybody could read it.
  public static boolean havePassword(String name) {
    return PostgreSql.hasPassword(name);
  }

  /// Opens the store of that name, and creates it if there is none.
  ///
  /// @param password null where none is needed
  /// @throws StoreException if it cannot be opened
  public static StateStore open(String name, @Nullable String password) {
    if (name.equals(MEMORY)) {
      return new MemoryStore();
    }
    if (H2File.isNamed(name)) {
      return JdbcStore.open(new H2File(name).carriedOver());
    }
    return SqliteFile.isNamed(name)
        ? JdbcStore.open(new SqliteFile(name))
        : PostgresStore.open(new PostgreSql(name, password));
  }
}
