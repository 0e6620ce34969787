package pushlab.server.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pushlab.server.state.SharedStore;
import pushlab.server.state.Snapshot;

/// A store in a database that reports every update to every server.
///
/// While the database cannot be heard it is not used either: reads and updates fail at once.
final class PostgresStore implements SharedStore {

  private final PostgreSql database;
  private final JdbcStore store;
  private @Nullable Notifications notifications;

  private PostgresStore(PostgreSql database, JdbcStore store) {
    this.database = database;
    this.store = store;
  }

  static PostgresStore open(PostgreSql database) {
    return new PostgresStore(database, JdbcStore.open(database));
  }

  @Override
  public String epoch() {
    return store.epoch();
  }

  @Override
  public List<Snapshot> latest() {
    requireListening();
    return store.latest();
  }

  @Override
  public Snapshot update(String task, String status) {
    requireListening();
    return store.update(task, status);
  }

  @Override
  public void listen(Consumer<Snapshot> told) {
    notifications = new Notifications(database, epoch(), told, store::renewConnections);
  }

  @Override
  public Optional<Instant> lostSince() {
    return Optional.ofNullable(notifications).flatMap(Notifications::lostSince);
  }

  private void requireListening() {
    lostSince()
        .ifPresent(
            since -> {
              throw database.failure("is lost since " + since, null);
            });
  }

  @Override
  public void close() {
    if (notifications != null) {
      notifications.close();
    }
    store.close();
  }
}
