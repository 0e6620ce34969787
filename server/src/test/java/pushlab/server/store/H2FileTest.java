package pushlab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pushlab.server.state.Snapshot;
import pushlab.server.state.StateStore;
import pushlab.server.state.StoreException;

/// A file of an earlier Pushlab, made with its version of H2 and its statements.
@Timeout(60)
class H2FileTest {

  private static final String SETTINGS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

  private static final Snapshot ONE =
      new Snapshot(
          "one", "k3f9", 1234567890123L, "Terminée 😀", Instant.parse("2026-11-26T22:59:59.120Z"));

  private static final Snapshot TWO =
      new Snapshot("two", "k3f9", 1, "a;'\"?\\", Instant.parse("2026-11-27T00:00:00Z"));

  @TempDir private Path folder = Path.of("");

  @Test
  void continuesInASqliteFileWithTheSameEpochAndVersions() throws Exception {
    makeOld();

    try (StateStore store = open()) {
      assertThat(store.epoch()).isEqualTo("k3f9");
      assertThat(store.latest())
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrder(ONE, TWO);
      assertThat(store.update("two", "y").version()).isEqualTo(2);
    }
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("a.sqlite", "a.mv.db.carried-over");
    try (StateStore store = open()) {
      assertThat(store.update("two", "z").version()).isEqualTo(3);
    }
    try (StateStore store = Stores.open("jdbc:sqlite:" + folder.resolve("a.sqlite"), null)) {
      assertThat(store.epoch()).isEqualTo("k3f9");
      assertThat(store.update("one", "x").version()).isEqualTo(ONE.version() + 1);
    }
  }

  /// The file as a killed server leaves it, with an unfinished transaction.
  @Test
  void carriesOverWhatWasCommittedBeforeAKill() throws Exception {
    makeOld();
    try (Connection connection = DriverManager.getConnection(url() + SETTINGS);
        Statement statement = connection.createStatement()) {
      statement.execute("update task set version = 2 where name = 'two'");
      statement.execute("checkpoint sync");
      connection.setAutoCommit(false);
      statement.execute("update task set version = 3 where name = 'two'");
      statement.execute("checkpoint sync");
      Files.copy(folder.resolve("a.mv.db"), folder.resolve("b.mv.db"));
      connection.rollback();
    }

    try (StateStore store = Stores.open("jdbc:h2:file:" + folder.resolve("b"), null)) {
      assertThat(store.update("two", "x").version()).isEqualTo(3);
    }
  }

  @Test
  void beginsAgainAfterAKillDuringTheMigration() throws Exception {
    makeOld();
    try (StateStore half = Stores.open("jdbc:sqlite:" + folder.resolve("a.sqlite.part"), null)) {
      half.update("half", "x");
    }

    try (StateStore store = open()) {
      assertThat(store.epoch()).isEqualTo("k3f9");
      assertThat(store.latest()).hasSize(2);
    }
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("a.sqlite", "a.mv.db.carried-over");
  }

  @Test
  void isASqliteFileFromTheStartIfThereWasNoFile() {
    try (StateStore store = open()) {
      assertThat(store.update("task", "x").version()).isEqualTo(1);
    }
    assertThat(folder.toFile().list()).containsExactly("a.sqlite");
  }

  @Test
  void refusesAFileThatAnEarlierPushlabHasOpen() throws Exception {
    makeOld();
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.h2.tools.Shell",
                "-url",
                url())
            .start();
    try (var words = other.outputWriter()) {
      words.write("select epoch from epoch;\n");
      words.flush();
      assertThat(other.inputReader().lines().anyMatch(line -> line.contains("k3f9"))).isTrue();

      assertFails("is in use by another process");
      assertThat(folder.resolve("a.sqlite")).doesNotExist();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void refusesADamagedFile() throws Exception {
    Files.write(folder.resolve("a.mv.db"), new byte[20_000]);

    assertFails("is damaged: Store header is corrupt: ");
  }

  @Test
  void refusesADatabaseOfAnotherProgram() throws Exception {
    execute("create table theirs (id int)");

    assertFails("is damaged or another program's: it holds no versions");
    assertThat(folder.resolve("a.mv.db")).exists();
    assertThat(folder.resolve("a.sqlite")).doesNotExist();
  }

  private void makeOld() throws SQLException {
    execute(
        """
        create table epoch (epoch varchar(32) not null primary key);
        insert into epoch (epoch) values ('k3f9');
        create table task (
          name varchar(64) not null primary key,
          version bigint not null,
          status varchar(512) not null,
          updated_at timestamp(3) with time zone not null
        );
        insert into task (name, version, status, updated_at) values
        ('one', 1234567890123, 'Terminée 😀', '2026-11-26 23:59:59.12+01:00'),
        ('two', 1, 'a;''"?\\', '2026-11-27 00:00:00+00:00')
        """);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url() + SETTINGS);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void assertFails(String problem) {
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("the store " + url() + " " + problem)
        .message()
        .hasLineCount(1);
  }

  private StateStore open() {
    return Stores.open(url(), null);
  }

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("a");
  }
}
