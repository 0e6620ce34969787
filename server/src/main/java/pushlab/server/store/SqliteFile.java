package pushlab.server.store;

import com.zaxxer.hikari.HikariConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import pushlab.server.state.Snapshot;
import pushlab.server.state.StoreException;

/// A database in a file, which SQLite reads and writes within this process. While it is open, and
/// after a kill, its log `PATH-wal` is beside it. The two belong together.
///
/// @param name `jdbc:sqlite:PATH`; a relative path starts in the server's working directory
record SqliteFile(String name) implements Database {

  static final String SCHEME = "jdbc:sqlite:";

  /// The lock keeps all other processes out for as long as there is a connection. It is set first.
  /// Otherwise the log would have its index in a file that others may map, `PATH-shm`.
  private static final List<String> LOCK =
      List.of("pragma busy_timeout = 500", "pragma locking_mode = exclusive");

  /// A commit returns when the log is on the disk. macOS needs `fullfsync` for that: it keeps
  /// flushed data in the disk's own memory otherwise.
  private static final List<String> KEEP =
      List.of("pragma journal_mode = wal", "pragma synchronous = full", "pragma fullfsync = true");

  private static final String UPDATE =
      """
      insert into task (name, version, status, updated_at)
      values (?, 1, ?, ?)
      on conflict (name) do update
      set version = version + 1, status = excluded.status, updated_at = excluded.updated_at
      returning version
      """;

  private static final String ANOTHERS =
      """
      select count(*) from sqlite_master
      where not exists (select 1 from sqlite_master where name = 'flyway_schema_history')
      """;

  /// Whether `name` is the name of an SQLite file. Settings of the driver, which would follow a
  /// question mark, are not accepted.
  static boolean isNamed(String name) {
    return name.length() > SCHEME.length()
        && name.startsWith(SCHEME)
        && !name.startsWith(":", SCHEME.length())
        && !name.startsWith("file:", SCHEME.length())
        && !name.contains("?");
  }

  private Path file() {
    return Path.of(name.substring(SCHEME.length())).toAbsolutePath();
  }

  /// SQLite has one writer at a time.
  @Override
  public int connections() {
    return 1;
  }

  @Override
  public void configure(HikariConfig pool) {
    pool.setDataSource(new ConfiguredSource());
    pool.setAutoCommit(false);
    // While a connection is renewed, another process could get the lock.
    pool.setMaxLifetime(0);
  }

  @Override
  public String migrations() {
    return "classpath:pushlab/server/store/sqlite";
  }

  @Override
  public void check() {
    Path file = file();
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw failure("is in a folder that does not exist: " + folder, null);
    }
    if (Files.isDirectory(file)) {
      throw failure("is a folder", null);
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw failure("is read-only", null);
    }
    if (!Files.isWritable(folder)) {
      throw failure("is in a folder that is not writable: " + folder, null);
    }
    SqliteLibrary.load(this, folder);
    try (Connection connection = connect()) {
      String condition = text(connection, "pragma integrity_check(1)");
      if (!condition.equals("ok")) {
        throw failure("is damaged: " + condition.lines().toList().getLast(), null);
      }
      if (!text(connection, ANOTHERS).equals("0")) {
        throw failure("holds another program's tables: it must be Pushlab's own", null);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /// A connection outside the pool. It changes nothing by itself.
  Connection connect() throws SQLException {
    return set(DriverManager.getConnection(SCHEME + file()), LOCK);
  }

  /// The driver would apply its settings in an order of its own.
  private static Connection set(Connection connection, List<String> settings) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String setting : settings) {
        statement.execute(setting);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private final class ConfiguredSource extends SQLiteDataSource {
    @Override
    public Connection getConnection() throws SQLException {
      return set(connect(), KEEP);
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /// The commit returns when the log is on the disk.
  @Override
  public Snapshot update(Connection connection, String epoch, String task, String status)
      throws SQLException {
    Snapshot one = Snapshot.now(task, epoch, 1, status);
    long version;
    try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      statement.setString(1, task);
      statement.setString(2, status);
      statement.setString(3, one.updatedAt().toString());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        version = rows.getLong("version");
      }
    }
    connection.commit();
    return new Snapshot(task, epoch, version, status, one.updatedAt());
  }

  @Override
  public Instant updatedAt(ResultSet row) throws SQLException {
    return Instant.parse(row.getString("updated_at"));
  }

  @Override
  public StoreException failure(SQLException e) {
    return failure(
        switch (code(e)) {
          case SQLITE_BUSY -> "is in use by another process";
          case SQLITE_NOTADB -> "is damaged or another program's: " + reason(e);
          case SQLITE_CORRUPT -> "is damaged: " + reason(e);
          case SQLITE_READONLY -> "is read-only";
          case SQLITE_FULL -> "has no room left on its disk";
          case null, default -> "failed: " + reason(e);
        },
        e);
  }

  /// SQLite's own error code. The pool hides it in a cause.
  private static @Nullable SQLiteErrorCode code(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return SQLiteErrorCode.getErrorCode(sqlite.getErrorCode());
      }
    }
    return null;
  }

  /// SQLite's message without the driver's prefix.
  private static String reason(Throwable e) {
    return Database.reason(e).replaceFirst("^\\[SQLITE_[^(]*\\((.*)\\)$", "$1");
  }
}
