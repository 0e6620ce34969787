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
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.h2.api.ErrorCode;
import org.h2.store.fs.FileUtils;
import pushlab.server.state.Snapshot;
import pushlab.server.state.StoreException;

/// A database in a file, which H2 reads and writes within this process.
///
/// @param name `jdbc:h2:file:PATH`; a relative path starts where the server was started
record H2File(String name) implements Database {

  private static final String SCHEME = "jdbc:h2:file:";

  /// A commit is written at once; the database is closed by us and not by a signal, while updates
  /// are still being answered; H2 leaves no file beside it when it fails.
  private static final String SETTINGS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

  private static final String VERSION =
      """
      select version from task
      where name = ?
      for update
      """;

  private static final String FIRST =
      """
      insert into task (version, status, updated_at, name)
      values (?, ?, ?, ?)
      """;

  private static final String NEXT =
      """
      update task
      set version = ?, status = ?, updated_at = ?
      where name = ?
      """;

  /// H2 hands a commit to the operating system; this waits until the disk has it.
  private static final String SYNC = "checkpoint sync";

  /// Whether `name` is such a one; settings of H2's own, which follow a semicolon, are not taken.
  static boolean isNamed(String name) {
    return name.length() > SCHEME.length() && name.startsWith(SCHEME) && !name.contains(";");
  }

  String url() {
    return SCHEME + path() + SETTINGS;
  }

  @Override
  public void configure(HikariConfig pool) {
    pool.setJdbcUrl(url());
    pool.setAutoCommit(false);
  }

  @Override
  public String[] migrations() {
    return new String[] {TABLES};
  }

  /// A first connection, which creates the database if there is none. H2 may take a damaged file
  /// for an empty one: a file that is there already must hold what it should.
  @Override
  public Connection open() {
    Path file = Path.of(path() + ".mv.db");
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw failure("is in a folder that does not exist: " + folder, null);
    }
    if (!Files.exists(file) && !Files.isWritable(folder)) {
      throw failure("is in a folder that is not writable: " + folder, null);
    }
    boolean isNew = file.toFile().length() == 0;
    try {
      Connection connection = DriverManager.getConnection(url());
      if (connection.isReadOnly()) {
        connection.close();
        throw failure("is read-only", null);
      }
      if (!isNew && !JdbcStore.isIn(connection)) {
        connection.close();
        throw failure("is damaged or another program's: it holds no versions", null);
      }
      return connection;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public Snapshot update(Connection connection, String epoch, String task, String status)
      throws SQLException {
    OptionalLong last = lockedVersion(connection, task);
    Snapshot next = Snapshot.now(task, epoch, last.orElse(0) + 1, status);
    write(connection, last.isPresent() ? NEXT : FIRST, next);
    connection.commit();
    sync(connection);
    return next;
  }

  private static OptionalLong lockedVersion(Connection connection, String task)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(VERSION)) {
      statement.setString(1, task);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? OptionalLong.of(rows.getLong("version")) : OptionalLong.empty();
      }
    }
  }

  private static void write(Connection connection, String sql, Snapshot next) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, next.version());
      statement.setString(2, next.status());
      statement.setObject(3, next.updatedAt().atOffset(ZoneOffset.UTC));
      statement.setString(4, next.task());
      statement.executeUpdate();
    }
  }

  private static void sync(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(SYNC);
    }
  }

  @Override
  public StoreException failure(SQLException e) {
    return failure(
        switch (e.getErrorCode()) {
          case ErrorCode.DATABASE_ALREADY_OPEN_1 -> "is in use by another process";
          case ErrorCode.FILE_CORRUPTED_1 -> "is damaged: " + reason(e);
          case ErrorCode.DATABASE_IS_CLOSED, ErrorCode.DATABASE_CALLED_AT_SHUTDOWN ->
              "was closed by a failure";
          default -> "failed: " + reason(e);
        },
        e);
  }

  private String path() {
    String path = name.substring(SCHEME.length());
    return path.startsWith("~/")
        ? FileUtils.toRealPath(path)
        : Path.of(path).toAbsolutePath().toString();
  }

  /// What the deepest cause says, since H2 itself often says "IO Exception" only, in one line
  /// and without H2's own numbers.
  private static String reason(Throwable e) {
    return Database.reason(e).replaceFirst(" \\[[^]]*]$", "");
  }
}
