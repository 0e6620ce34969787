package pushlab.server.store;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import pushlab.server.state.Snapshot;
import pushlab.server.state.StoreException;

/// What differs from one database to another.
interface Database {

  /// Its name for messages, without anything secret.
  String name();

  /// Configures `pool` to connect to this database.
  void configure(HikariConfig pool);

  /// How many connections may be open at once.
  int connections();

  /// Where the migrations of its tables are.
  String migrations();

  /// Checks that the database can be used, before its tables are migrated.
  ///
  /// @throws StoreException if it is not there, or cannot be written to
  void check();

  /// Makes the next version of `task`, and commits it.
  Snapshot update(Connection connection, String epoch, String task, String status)
      throws SQLException;

  /// The time at which the version in `row` was made.
  Instant updatedAt(ResultSet row) throws SQLException;

  /// The status that is stored as `text`.
  default String status(String text) {
    return text;
  }

  StoreException failure(SQLException e);

  default StoreException failure(String problem, @Nullable Throwable cause) {
    return new StoreException(name(), problem, cause);
  }

  /// The message of the deepest cause of `e` that has one, in one line.
  static String reason(Throwable e) {
    String reason = "";
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      reason = cause.getMessage() == null ? reason : cause.getMessage();
    }
    return reason.lines().findFirst().orElse("");
  }
}
