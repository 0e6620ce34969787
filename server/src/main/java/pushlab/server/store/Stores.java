package pushlab.server.store;

import org.jspecify.annotations.Nullable;
import pushlab.server.state.MemoryStore;
import pushlab.server.state.StateStore;

/// The stores by their names.
public final class Stores {

  /// The names that [#open] accepts, for a message.
  public static final String NAMES =
      "memory, jdbc:sqlite:PATH or jdbc:postgresql://HOST/DATABASE?user=USER";

  private static final String MEMORY = "memory";

  private Stores() {}

  /// Whether `name` has the form of a store's name; the store itself may still fail to open. The
  /// name of a file of an earlier Pushlab, `jdbc:h2:file:PATH`, is accepted too.
  public static boolean areNamed(String name) {
    return name.equals(MEMORY)
        || SqliteFile.isNamed(name)
        || H2File.isNamed(name)
        || PostgreSql.isNamed(name);
  }

  /// Whether `name` contains a password, where everybody could read it.
  public static boolean havePassword(String name) {
    return PostgreSql.hasPassword(name);
  }

  /// Opens the store of that name, and creates it if there is none.
  ///
  /// @param password null if none is needed
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
