package pushlab.server.store;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.util.PSQLState;
import pushlab.server.state.Snapshot;
import pushlab.server.state.StoreException;

/// A PostgreSQL database, which several servers may share.
///
/// @param url `jdbc:postgresql://HOST/DATABASE?user=USER`, without a password
/// @param password null if none is needed, or if pgjdbc finds it by itself
record PostgreSql(String url, @Nullable String password) implements Database {

  private static final Pattern PASSWORD = Pattern.compile("[?&](ssl)?password=|//[^/?]*@");

  /// One statement is one transaction and one round trip. The lock of the row makes the version
  /// grow by one, even if several servers write at the same time: the next writer waits for the
  /// lock and sees the version of the one before.
  private static final String UPDATE =
      """
      with next as (
        insert into task as last (name, version, status, updated_at)
        values (?, 1, ?, ?)
        on conflict (name) do update
        set version = last.version + 1, status = excluded.status, updated_at = excluded.updated_at
        returning name, version, status, updated_at
      ), kept as (
        insert into history (name, version, status, updated_at)
        select name, version, status, updated_at from next
      )
      select version, pg_notify(?, version || ' ' || ?) from next
      """;

  /// The text of a notification of [#UPDATE]: version, time in milliseconds, task, status.
  private static final Pattern NOTICE =
      Pattern.compile("([0-9]{1,18}) ([0-9]{1,18}) ([^ ]+) (.+)", Pattern.DOTALL);

  private static final Pattern ESCAPED = Pattern.compile("\\\\([\\\\0])");

  static boolean isNamed(String url) {
    return new Driver().acceptsURL(url);
  }

  /// Whether `url` contains a password. Everybody who can list this machine's processes would see
  /// it.
  static boolean hasPassword(String url) {
    return PASSWORD.matcher(url).find();
  }

  @Override
  public String name() {
    return url.replaceFirst("\\?.*", "");
  }

  @Override
  public void configure(HikariConfig pool) {
    pool.setJdbcUrl(url);
    pool.setDataSourceProperties(properties());
  }

  /// Every wait has a limit: for an answer, for a row that another server has locked, for a whole
  /// statement. The settings in the URL override these.
  private Properties properties() {
    var properties = new Properties();
    properties.setProperty("ApplicationName", "pushlab");
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "5");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("options", "-c lock_timeout=2s -c statement_timeout=4s");
    if (password != null) {
      properties.setProperty("password", password);
    }
    return properties;
  }

  @Override
  public int connections() {
    return 4;
  }

  @Override
  public String migrations() {
    return "classpath:pushlab/server/store/postgresql";
  }

  /// A connection outside the pool.
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, properties());
  }

  @Override
  public void check() {
    try {
      open().close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /// A connection outside the pool, to a database that can be written to.
  ///
  /// @throws StoreException if there is none
  Connection open() {
    try {
      Connection connection = connect();
      String problem = unfit(connection);
      if (problem != null) {
        connection.close();
        throw failure(problem, null);
      }
      return connection;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static @Nullable String unfit(Connection connection) throws SQLException {
    if (!setting(connection, "server_encoding").equals("UTF8")) {
      return "cannot hold every text: its encoding is not UTF8";
    }
    return setting(connection, "transaction_read_only").equals("on") ? "is read-only" : null;
  }

  private static String setting(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("show " + name)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Override
  public Snapshot update(Connection connection, String epoch, String task, String status)
      throws SQLException {
    Snapshot one = Snapshot.now(task, epoch, 1, status);
    try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      statement.setString(1, task);
      statement.setString(2, text(status));
      statement.setObject(3, one.updatedAt().atOffset(ZoneOffset.UTC));
      statement.setString(4, channel(epoch));
      statement.setString(
          5, "%d %s %s".formatted(one.updatedAt().toEpochMilli(), task, text(status)));
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return new Snapshot(task, epoch, rows.getLong("version"), status, one.updatedAt());
      }
    }
  }

  /// The channel of that epoch. Other schemas of the same database have channels of their own.
  static String channel(String epoch) {
    return "pushlab_" + epoch;
  }

  /// The version that `notice` reports; empty if it reports none. Any user of the database may send
  /// notifications.
  Optional<Snapshot> heard(String epoch, String notice) {
    return Optional.of(NOTICE.matcher(notice))
        .filter(Matcher::matches)
        .map(
            told ->
                new Snapshot(
                    told.group(3),
                    epoch,
                    Long.parseLong(told.group(1)),
                    status(told.group(4)),
                    Instant.ofEpochMilli(Long.parseLong(told.group(2)))));
  }

  @Override
  public Instant updatedAt(ResultSet row) throws SQLException {
    return row.getObject("updated_at", OffsetDateTime.class).toInstant();
  }

  /// A PostgreSQL text may contain any character except U+0000.
  private static String text(String status) {
    return status.replace("\\", "\\\\").replace("\0", "\\0");
  }

  @Override
  public String status(String text) {
    return ESCAPED.matcher(text).replaceAll(one -> one.group(1).equals("0") ? "\0" : "\\\\");
  }

  @Override
  public StoreException failure(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String problem =
        switch (state) {
          case "28P01", "28000" -> "refuses this user or password (PUSHLAB_STORE_PASSWORD)";
          case "3D000" -> "is not there";
          case "53300" -> "has no connection left";
          case "57014", "55P03" -> "is too busy";
          case "25006" -> "is read-only";
          case "57P01", "57P02", "57P03" -> "cannot be reached";
          default -> PSQLState.isConnectionError(state) ? "cannot be reached" : "failed";
        };
    return failure(problem + ": " + Database.reason(e).replaceFirst("^[A-Z]+: ", ""), e);
  }
}
