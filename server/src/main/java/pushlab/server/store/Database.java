package pushlab.server.store;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import pushlab.server.state.Snapshot;
import pushlab.server.state.StoreException;

/// What each database does in its own way.
interface Database {

  /// Where the tables are that all have.
  String TABLES = "classpath:pushlab/server/store/migration";

  /// What it is called before people; without what is secret.
  String name();

  /// Tells `pool` where it is and how to speak to it.
  void configure(HikariConfig pool);

  /// Where the steps are that bring its tables up to date.
  String[] migrations();

  /// A first connection, before its tables are brought up to date.
  ///
  /// @throws StoreException if it cannot be had, or cannot be written to
  Connection open();

  /// The version of `task` that comes next, kept for good.
  Snapshot update(Connection connection, String epoch, String task, String status)
      throws SQLException;

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
