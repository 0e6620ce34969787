package pushlab.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import pushlab.server.state.Snapshot;
import pushlab.server.state.StateStore;
import pushlab.server.state.StoreException;
import pushlab.server.state.VersionedState;

/// A store in a database, with one row for each task. An update is acknowledged when its
/// transaction is on the disk.
///
/// Only threads of the store use the database. An interrupt, which ends a request when the server
/// stops, would close the connection to PostgreSQL.
final class JdbcStore implements StateStore {

  private static final Logger LOG = System.getLogger(JdbcStore.class.getName());

  private static final long PATIENCE_MILLIS = 1_000;
  private static final long LONGEST_SECONDS = 5;

  private static final String EPOCH = "select epoch from epoch";

  static final String LATEST = "select name, version, status, updated_at from task";

  private final Database database;
  private final HikariDataSource pool;
  private final String epoch;
  private final AtomicBoolean failing = new AtomicBoolean();
  private final ExecutorService threads;

  private JdbcStore(Database database, HikariDataSource pool, String epoch) {
    this.database = database;
    this.pool = pool;
    this.epoch = epoch;
    this.threads =
        Executors.newFixedThreadPool(
            database.connections(), Thread.ofPlatform().daemon().name("store-", 0).factory());
  }

  /// Opens `database`, creates it if there is none, and migrates its tables.
  ///
  /// @throws StoreException if that fails
  static JdbcStore open(Database database) {
    database.check();
    var pool = new HikariDataSource(config(database));
    try {
      return open(database, pool);
    } catch (StoreException e) {
      pool.close();
      throw e;
    }
  }

  private static JdbcStore open(Database database, HikariDataSource pool) {
    try {
      migrate(pool, database.migrations());
      try (Connection connection = pool.getConnection()) {
        return new JdbcStore(database, pool, epoch(connection));
      }
    } catch (FlywayValidateException e) {
      throw database.failure("has other tables than this Pushlab knows", e);
    } catch (FlywayException e) {
      throw e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE
          ? database.failure("holds another program's tables: it must be Pushlab's own", e)
          : database.failure("cannot be brought up to date: " + Database.reason(e), e);
    } catch (SQLException e) {
      throw database.failure(e);
    }
  }

  private static HikariConfig config(Database database) {
    var config = new HikariConfig();
    config.setPoolName("store");
    database.configure(config);
    config.setMaximumPoolSize(database.connections());
    config.setConnectionTimeout(PATIENCE_MILLIS);
    config.setValidationTimeout(PATIENCE_MILLIS);
    // The first query reports what is wrong at the start, instead of the pool's log.
    config.setInitializationFailTimeout(-1);
    return config;
  }

  /// Flyway locks the database while it migrates, so the epoch is made only once.
  private static void migrate(HikariDataSource pool, String migrations) {
    Flyway.configure()
        .dataSource(pool)
        .locations(migrations)
        .placeholders(Map.of("epoch", StateStore.newEpoch(), "first", VersionedState.FIRST_STATUS))
        .ignoreMigrationPatterns(new String[0])
        .load()
        .migrate();
  }

  static String epoch(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(EPOCH)) {
      if (!rows.next()) {
        throw new SQLException("it has lost its epoch");
      }
      return rows.getString("epoch");
    }
  }

  @Override
  public String epoch() {
    return epoch;
  }

  @Override
  public List<Snapshot> latest() {
    return ask(connection -> latest(connection, database, epoch));
  }

  static List<Snapshot> latest(Connection connection, Database database, String epoch)
      throws SQLException {
    List<Snapshot> latest = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LATEST)) {
      while (rows.next()) {
        latest.add(
            new Snapshot(
                rows.getString("name"),
                epoch,
                rows.getLong("version"),
                database.status(rows.getString("status")),
                database.updatedAt(rows)));
      }
    }
    return latest;
  }

  @Override
  public Snapshot update(String task, String status) {
    return ask(connection -> database.update(connection, epoch, task, status));
  }

  /// Runs each query from now on over a new connection.
  void renewConnections() {
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "the store {0} is closed on an update", database.name());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    pool.close();
  }

  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private <T> T ask(Question<T> question) {
    try {
      // A query that has not begun by its time limit never begins.
      return CompletableFuture.supplyAsync(() -> answer(question), threads)
          .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (RejectedExecutionException e) {
      throw database.failure("is closed", e);
    } catch (CompletionException e) {
      throw switch (e.getCause()) {
        case StoreException failure -> failure;
        case TimeoutException _ -> database.failure("is too busy", e);
        case null, default -> e;
      };
    }
  }

  private <T> T answer(Question<T> question) {
    try (Connection connection = pool.getConnection()) {
      T answer = question.ask(connection);
      if (failing.compareAndSet(true, false)) {
        LOG.log(Level.INFO, "the store {0} works again", database.name());
      }
      return answer;
    } catch (SQLException e) {
      // The failure that broke one connection may have broken all.
      renewConnections();
      StoreException failure = database.failure(e);
      if (failing.compareAndSet(false, true)) {
        LOG.log(Level.WARNING, failure.getMessage());
      }
      throw failure;
    }
  }
}
