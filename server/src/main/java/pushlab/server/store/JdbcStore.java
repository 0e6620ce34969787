package pushlab.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import pushlab.server.state.Snapshot;
import pushlab.server.state.StateStore;
import pushlab.server.state.StoreException;

/// A store in a database, with a row a task. An update is acknowledged when its transaction is on
/// the disk.
///
/// The database is spoken to by threads of its own: an interrupt, which ends a request when the
/// server stops, would close the file under H2.
final class JdbcStore implements StateStore {

  private static final Logger LOG = System.getLogger(JdbcStore.class.getName());

  private static final int CONNECTIONS = 4;
  private static final long PATIENCE_MILLIS = 1_000;

  private static final String EPOCH = "select epoch from epoch";

  private static final String LATEST = "select name, version, status, updated_at from task";

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

  private final H2File database;
  private final HikariDataSource pool;
  private final String epoch;
  private final AtomicBoolean failing = new AtomicBoolean();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          CONNECTIONS, Thread.ofPlatform().daemon().name("store-", 0).factory());

  private JdbcStore(H2File database, HikariDataSource pool, String epoch) {
    this.database = database;
    this.pool = pool;
    this.epoch = epoch;
  }

  /// Opens `database`, creates it if need be, and brings its tables up to date.
  ///
  /// @throws StoreException if that cannot be done
  static JdbcStore open(H2File database) {
    // The first connection stays open meanwhile, so that H2 does not close and reopen the file.
    try (Connection first = database.open()) {
      var pool = new HikariDataSource(config(database));
      try {
        migrate(pool);
        return new JdbcStore(database, pool, epoch(first));
      } catch (FlywayException | SQLException e) {
        pool.close();
        throw e;
      }
    } catch (FlywayValidateException e) {
      throw database.failure("has other tables than this Pushlab knows", e);
    } catch (FlywayException e) {
      throw database.failure("cannot be brought up to date: " + H2File.reason(e), e);
    } catch (SQLException e) {
      throw database.failure(e);
    }
  }

  private static HikariConfig config(H2File database) {
    var config = new HikariConfig();
    config.setPoolName("store");
    config.setJdbcUrl(database.url());
    config.setAutoCommit(false);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(PATIENCE_MILLIS);
    config.setValidationTimeout(PATIENCE_MILLIS);
    // What is wrong at the start is for the first question to say, not for the pool's log.
    config.setInitializationFailTimeout(-1);
    return config;
  }

  /// Flyway keeps others out while it works, so that the epoch is made once only.
  private static void migrate(HikariDataSource pool) {
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:pushlab/server/store/migration")
        .placeholders(Map.of("epoch", StateStore.newEpoch()))
        .ignoreMigrationPatterns(new String[0])
        .load()
        .migrate();
  }

  /// Whether the tables are there.
  static boolean isIn(Connection connection) {
    try {
      epoch(connection);
      return true;
    } catch (SQLException _) {
      return false;
    }
  }

  private static String epoch(Connection connection) throws SQLException {
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
    return ask(
        connection -> {
          List<Snapshot> latest = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(LATEST)) {
            while (rows.next()) {
              Instant updatedAt = rows.getObject("updated_at", OffsetDateTime.class).toInstant();
              latest.add(
                  new Snapshot(
                      rows.getString("name"),
                      epoch,
                      rows.getLong("version"),
                      rows.getString("status"),
                      updatedAt));
            }
          }
          return latest;
        });
  }

  @Override
  public Snapshot update(String task, String status) {
    return ask(
        connection -> {
          OptionalLong last = lockedVersion(connection, task);
          Snapshot next = Snapshot.now(task, epoch, last.orElse(0) + 1, status);
          write(connection, last.isPresent() ? NEXT : FIRST, next);
          connection.commit();
          sync(connection);
          return next;
        });
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
      statement.execute(H2File.SYNC);
    }
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
      return CompletableFuture.supplyAsync(() -> answer(question), threads).join();
    } catch (RejectedExecutionException e) {
      throw database.failure("is closed", e);
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreException failure ? failure : e;
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
      // What broke one connection may have broken all: H2 then closes the whole database.
      pool.getHikariPoolMXBean().softEvictConnections();
      StoreException failure = database.failure(e);
      if (failing.compareAndSet(false, true)) {
        LOG.log(Level.WARNING, failure.getMessage());
      }
      throw failure;
    }
  }
}
