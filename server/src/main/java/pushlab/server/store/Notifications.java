package pushlab.server.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import pushlab.server.state.Snapshot;
import pushlab.server.state.StoreException;

/// Listens to every new version in a database, over a connection and in a thread of its own. If the
/// connection is lost, it connects again and reads what it missed.
final class Notifications implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Notifications.class.getName());

  /// How long there may be no notification before it checks that the database is still there.
  private static final int SILENCE_MILLIS = 2_000;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final PostgreSql database;
  private final String epoch;
  private final Consumer<Snapshot> told;
  private final Runnable lost;
  private final Thread thread;
  private volatile Connection connection;
  private String problem = "";
  private volatile @Nullable Instant lostSince;
  private volatile boolean closed;

  /// Reports the versions of `epoch` to `told` from now on.
  ///
  /// @param lost is run each time the connection is lost
  /// @throws StoreException if there is no connection now
  Notifications(PostgreSql database, String epoch, Consumer<Snapshot> told, Runnable lost) {
    this.database = database;
    this.epoch = epoch;
    this.told = told;
    this.lost = lost;
    this.connection = connect();
    this.thread = Thread.ofPlatform().daemon().name("store-notifications").start(this::run);
  }

  /// Since when the connection is lost; empty while it is not.
  Optional<Instant> lostSince() {
    return Optional.ofNullable(lostSince);
  }

  private void run() {
    while (!closed) {
      try {
        hear();
      } catch (SQLException e) {
        lose(e);
      }
    }
  }

  private void hear() throws SQLException {
    PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(SILENCE_MILLIS);
    for (PGNotification notice : heard) {
      database.heard(epoch, notice.getParameter()).ifPresent(told);
    }
    if (heard.length == 0) {
      JdbcStore.epoch(connection);
    }
  }

  private void lose(SQLException e) {
    if (!closed) {
      lostSince = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      log(
          Level.WARNING,
          database.failure(e).getMessage()
              + "; until it can, subscribers get the versions known here, and updates are refused");
      lost.run();
    }
    close(connection);
    // Pauses grow, and differ between servers.
    for (Duration pause = FIRST_PAUSE; !closed; pause = twice(pause)) {
      long nanos = pause.toNanos();
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(nanos / 2, nanos));
      if (isBack()) {
        return;
      }
    }
  }

  private boolean isBack() {
    try {
      connection = connect();
      JdbcStore.latest(connection, database, epoch).forEach(told);
    } catch (SQLException e) {
      close(connection);
      return false;
    } catch (StoreException e) {
      tell(String.valueOf(e.getMessage()));
      return false;
    }
    lostSince = null;
    problem = "";
    log(Level.INFO, "the store " + database.name() + " is back");
    return true;
  }

  /// Listens before it reads: a version between the two is not missed.
  private Connection connect() {
    Connection listening = database.open();
    try (Statement statement = listening.createStatement()) {
      statement.execute("listen " + PostgreSql.channel(epoch));
      if (JdbcStore.epoch(listening).equals(epoch)) {
        return listening;
      }
    } catch (SQLException e) {
      close(listening);
      throw database.failure(e);
    }
    close(listening);
    throw database.failure("has another epoch than it had: start this server again", null);
  }

  private static Duration twice(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /// Logs why there is no connection, once for each reason.
  private void tell(String now) {
    if (!now.equals(problem)) {
      log(Level.WARNING, now);
      problem = now;
    }
  }

  private static void log(Level level, @Nullable String message) {
    LOG.log(level, message);
  }

  /// Does not use the driver, which would wait for its own reading thread.
  private static void close(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException _) {
      // The connection is closed already.
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    close(connection);
  }
}
