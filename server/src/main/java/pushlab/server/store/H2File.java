package pushlab.server.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import org.h2.api.ErrorCode;
import org.h2.store.fs.FileUtils;
import org.jspecify.annotations.Nullable;
import pushlab.server.state.StoreException;

/// A file of an earlier Pushlab, `PATH.mv.db`, which H2 wrote. Its content is carried over once,
/// into a file of SQLite beside it, `PATH.sqlite`.
///
/// @param name `jdbc:h2:file:PATH`
record H2File(String name) {

  private static final Logger LOG = System.getLogger(H2File.class.getName());

  private static final String SCHEME = "jdbc:h2:file:";

  private static final String SETTINGS = ";IFEXISTS=TRUE;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

  private static final String INSERT =
      """
      insert into task (name, version, status, updated_at)
      values (?, ?, ?, ?)
      """;

  static boolean isNamed(String name) {
    return name.length() > SCHEME.length() && name.startsWith(SCHEME) && !name.contains(";");
  }

  /// The new file, with the epoch and the versions of the old one if there is one. The old file is
  /// renamed, so that no older Pushlab continues from it and gives the same version numbers again.
  ///
  /// @throws StoreException if there is an old file and it cannot be carried over
  SqliteFile carriedOver() {
    Path old = Path.of(path() + ".mv.db");
    Path kept = Path.of(path() + ".mv.db.carried-over");
    Path next = Path.of(path() + ".sqlite");
    var store = new SqliteFile(SqliteFile.SCHEME + next);
    if (!Files.exists(old) || Files.exists(next)) {
      return store;
    }
    try {
      carry(next);
      Files.move(old, kept);
    } catch (SQLException e) {
      throw failure(problem(e), e);
    } catch (IOException e) {
      throw failure("cannot be carried over: " + e, e);
    }
    LOG.log(
        Level.INFO,
        "the tasks of {0} are now in {1}, which is the store to name from now on; {2} is not used"
            + " any more",
        name,
        store.name(),
        kept);
    return store;
  }

  /// The lock of the old file keeps other servers out until the new file has its name. The name
  /// comes last, so a file with this name is complete.
  private void carry(Path next) throws SQLException, IOException {
    try (Connection from = DriverManager.getConnection(SCHEME + path() + SETTINGS)) {
      if (Files.exists(next)) {
        throw failure("was carried over by another process: start this server again", null);
      }
      Path part = Path.of(next + ".part");
      Files.deleteIfExists(part);
      Files.deleteIfExists(Path.of(part + "-wal"));
      var store = new SqliteFile(SqliteFile.SCHEME + part);
      JdbcStore.open(store).close();
      try (Connection to = store.connect()) {
        to.setAutoCommit(false);
        copy(from, to);
        to.commit();
      }
      Files.move(part, next, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void copy(Connection from, Connection to) throws SQLException {
    try (Statement select = from.createStatement();
        PreparedStatement epoch = to.prepareStatement("update epoch set epoch = ?");
        PreparedStatement task = to.prepareStatement(INSERT)) {
      epoch.setString(1, JdbcStore.epoch(from));
      epoch.executeUpdate();
      ResultSet rows = select.executeQuery(JdbcStore.LATEST);
      while (rows.next()) {
        task.setString(1, rows.getString("name"));
        task.setLong(2, rows.getLong("version"));
        task.setString(3, rows.getString("status"));
        OffsetDateTime updatedAt = rows.getObject("updated_at", OffsetDateTime.class);
        task.setString(4, updatedAt.toInstant().toString());
        task.executeUpdate();
      }
    }
  }

  private static String problem(SQLException e) {
    // H2 puts its own error codes in brackets at the end.
    String reason = Database.reason(e).replaceFirst(" \\[[^]]*]$", "");
    return switch (e.getErrorCode()) {
      case ErrorCode.DATABASE_ALREADY_OPEN_1 -> "is in use by another process";
      case ErrorCode.FILE_CORRUPTED_1 -> "is damaged: " + reason;
      case ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1,
          ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1 ->
          "is damaged or another program's: it holds no versions";
      default -> "cannot be carried over: " + reason;
    };
  }

  private StoreException failure(String problem, @Nullable Throwable cause) {
    return new StoreException(name, problem, cause);
  }

  private String path() {
    String path = name.substring(SCHEME.length());
    return path.startsWith("~/")
        ? FileUtils.toRealPath(path)
        : Path.of(path).toAbsolutePath().toString();
  }
}
