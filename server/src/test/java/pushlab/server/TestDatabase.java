package pushlab.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A database of a test's own, in the one PostgreSQL that runs as long as these tests do.
final class TestDatabase implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger("io.zonky.test");
  private static final EmbeddedPostgres POSTGRES = start();
  private static final AtomicInteger COUNT = new AtomicInteger();

  final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  static TestDatabase create() throws SQLException {
    var database = new TestDatabase("test" + COUNT.incrementAndGet());
    administer("create database " + database.name);
    return database;
  }

  String store() {
    return "--store=" + url();
  }

  String url() {
    return POSTGRES.getJdbcUrl("postgres", name);
  }

  void execute(String sql) throws SQLException {
    execute(url(), sql);
  }

  private static void administer(String sql) throws SQLException {
    execute(POSTGRES.getJdbcUrl("postgres", "postgres"), sql);
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static EmbeddedPostgres start() {
    // It tells each step of its start.
    LOG.setLevel(Level.WARNING);
    try {
      return EmbeddedPostgres.builder()
          // Zonky's choice is one that forgets what it has acknowledged.
          .setServerConfig("synchronous_commit", "on")
          .setOutputRedirector(Redirect.DISCARD)
          .setErrorRedirector(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    administer("drop database %s with (force)".formatted(name));
  }
}
