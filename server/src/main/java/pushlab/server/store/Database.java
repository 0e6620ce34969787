package pushlab.server.store;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import pushlab.server.state.Snapshot;
import pushlab.server.state.StoreException;

/// What each database does in its own way.
interface Database {

  /// What it is called before people; without what is secret.
  String name();

  /// Tells `pool` where it is and how to speak to it.
  void configure(HikariConfig pool);

  /// How many connections may be open at once.
  int connections();

  /// Where the steps are that bring its tables up to date.
  String migrations();

  /// Looks whether it can be used, before its tables are brought up to date.
  ///
  /// @throws StoreException if it cannot be had, or cannot be written to
  void check();

  /// The version of `task` that comes next, kept for good.
  Snapshot update(Connection connection, String epoch, String task, String status)
      throws SQLException;

  /// When the version in `row` came to be.
  Instant updatedAt(ResultSet row) throws SQLException;

  /// The status that is kept as `text`.
  default String status(String text) {
    return text;
  }

  StoreException failure(SQLException e);

  default StoreException failure(String problem, @Nullable Throwable cause) {
    return new StoreException(name(), problem, cause);
  }

  /// What the deepest cause of `e` that says anything says, in one line.
  static String reason(Throwable e) {
    String reason = "";
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      reason = cause.getMessage() == null ? reason : cause.getMessage();
    }
    return reason.lines().findFirst().orElse("");
  }
}
