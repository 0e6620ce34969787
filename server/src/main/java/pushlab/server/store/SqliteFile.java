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

/// A database in a file, which SQLite reads and writes within this process. Beside it, while it is
/// open and after a kill, is its log, `PATH-wal`, which belongs to it.
///
/// @param name `jdbc:sqlite:PATH`; a relative path starts where the server was started
record SqliteFile(String name) implements Database {

  static final String SCHEME = "jdbc:sqlite:";

  /// The lock keeps every other process out as long as a connection is there. It comes first: else
  /// the log would have an index in a file that others may map, `PATH-shm`.
  private static final List<String> LOCK =
      List.of("pragma busy_timeout = 500", "pragma locking_mode = exclusive");

  /// A commit returns when the log is on the disk. macOS leaves what it flushes in the disk's own
  /// memory unless it is told otherwise.
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

  /// Whether `name` is such a one; settings of the driver's own, which follow a question mark, are
  /// not taken.
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

  /// SQLite takes one writer at a time.
  @Override
  public int connections() {
    return 1;
  }

  @Override
  public void configure(HikariConfig pool) {
    pool.setDataSource(new Connections());
    pool.setAutoCommit(false);
    // A process that waits for the file could lock it while a connection is renewed.
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

  /// A connection outside of the pool, which changes nothing by itself.
  Connection connect() throws SQLException {
    return set(DriverManager.getConnection(SCHEME + file()), LOCK);
  }

  /// The driver's own way to set these has an order of its own.
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

  private final class Connections extends SQLiteDataSource {
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

  /// The commit returns when the disk has the log.
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

  /// What SQLite itself says, which the pool passes on as a cause.
  private static @Nullable SQLiteErrorCode code(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return SQLiteErrorCode.getErrorCode(sqlite.getErrorCode());
      }
    }
    return null;
  }

  /// Without the driver's own words before SQLite's.
  private static String reason(Throwable e) {
    return Database.reason(e).replaceFirst("^\\[SQLITE_[^(]*\\((.*)\\)$", "$1");
  }
}
