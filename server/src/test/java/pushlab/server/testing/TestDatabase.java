package pushlab.server.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A database for one test, in a PostgreSQL that all tests share.
public final class TestDatabase implements AutoCloseable {

  /// A user that needs a password. The others need none.
  public static final String GUARDED = "guarded";

  private static final Logger LOG = Logger.getLogger("io.zonky.test");
  private static final EmbeddedPostgres POSTGRES = start();
  private static final AtomicInteger COUNT = new AtomicInteger();

  public final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  public static int port() {
    return POSTGRES.getPort();
  }

  public static TestDatabase create() throws SQLException {
    var database = new TestDatabase("test" + COUNT.incrementAndGet());
    administer("create database " + database.name);
    return database;
  }

  /// The option that makes a server share this database.
  public String store() {
    return "--store=" + url("postgres");
  }

  /// The same for a user that may do everything until [#cut].
  public String store(String user) throws SQLException {
    administer("drop role if exists %1$s; create role %1$s superuser login".formatted(user));
    return "--store=" + url(user);
  }

  /// The same through `relay`.
  public String store(Relay relay) {
    return store().replace(":" + port(), ":" + relay.port());
  }

  public String url(String user) {
    return POSTGRES.getJdbcUrl(user, name);
  }

  public void encodeAsLatin1() throws SQLException {
    close();
    administer("create database %s encoding latin1 locale 'C' template template0".formatted(name));
  }

  /// Ends all connections of `user`, and refuses new ones.
  public void cut(String user) throws SQLException {
    administer("alter role %s nologin".formatted(user));
    end("usename = '%s'".formatted(user));
  }

  public void mend(String user) throws SQLException {
    administer("alter role %s login".formatted(user));
  }

  /// Ends the connections that meet `condition`. They may connect again at once.
  public void end(String condition) throws SQLException {
    execute(
        """
        select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where datname = '%s' and pid <> pg_backend_pid() and %s
        """
            .formatted(name, condition));
  }

  public void execute(String sql) throws SQLException {
    execute(url("postgres"), sql);
  }

  /// The one value that `sql` selects.
  public String text(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url("postgres"));
  }

  public static void administer(String sql) throws SQLException {
    execute(POSTGRES.getJdbcUrl("postgres", "postgres"), sql);
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// A PostgreSQL that keeps what it has acknowledged. Zonky's default settings do not guarantee
  /// that.
  public static EmbeddedPostgres.Builder lasting() {
    // It logs each step of its start, and an error for a process that was killed.
    LOG.setLevel(Level.OFF);
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setOutputRedirector(Redirect.DISCARD)
        .setErrorRedirector(Redirect.DISCARD);
  }

  private static EmbeddedPostgres start() {
    try {
      return lasting().setDataDirectoryCustomizer(TestDatabase::guard).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void guard(File data) {
    Path rules = data.toPath().resolve("pg_hba.conf");
    try {
      String open = Files.readString(rules);
      Files.writeString(rules, "host all %s all scram-sha-256\n".formatted(GUARDED));
      Files.writeString(rules, open, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    administer("drop database %s with (force)".formatted(name));
  }
}
