package pushlab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.logging.common.LogConfig;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pushlab.server.state.Snapshot;
import pushlab.server.state.StateStore;
import pushlab.server.state.StoreException;

/// The store in a file.
@Timeout(60)
class SqliteFileTest {

  @BeforeAll
  static void logAsTheServerDoes() {
    LogConfig.configureRuntime();
  }

  @TempDir private Path folder = Path.of("");

  @Test
  void beginsEmptyInAnEpochOfItsOwn() {
    try (StateStore store = open("a");
        StateStore other = open("b")) {
      assertThat(store.latest()).isEmpty();
      assertThat(store.epoch()).matches("[0-9a-z]{1,32}").isNotEqualTo(other.epoch());
    }
  }

  @Test
  void keepsEpochAndTheLastSnapshotOfEachTask() {
    String epoch;
    Snapshot one;
    Snapshot two;
    String longest = "\uD83D\uDE00".repeat(256);
    try (StateStore store = open("a")) {
      epoch = store.epoch();
      store.update("one", "En cours");
      one = store.update("one", longest);
      two = store.update("two", "Échec \0 'x'");
    }

    try (StateStore store = open("a")) {
      assertThat(store.epoch()).isEqualTo(epoch);
      assertThat(store.latest())
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrder(one, two);
      assertThat(one.version()).isEqualTo(2);
      assertThat(one.status()).isEqualTo(longest);
      assertThat(store.update("one", "Terminée").version()).isEqualTo(3);
    }
  }

  @Test
  void versionsGrowByOneUnderEightWriters() throws Exception {
    try (StateStore store = open("a");
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      store.update("task", "first");
      List<Callable<Long>> updates =
          Collections.nCopies(200, () -> store.update("task", "x").version());
      List<Long> versions = new ArrayList<>();
      for (Future<Long> update : threads.invokeAll(updates)) {
        versions.add(update.get());
      }

      assertThat(versions)
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(2, 201).boxed().toList());
      assertThat(store.latest()).singleElement().matches(last -> last.version() == 201);
    }
  }

  @Test
  void interruptOfTheCallerDoesNoHarm() {
    try (StateStore store = open("a")) {
      Thread.currentThread().interrupt();
      assertThat(store.update("task", "x").version()).isEqualTo(1);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(store.update("task", "x").version()).isEqualTo(2);
    }
  }

  @Test
  void refusesUpdatesOnceClosed() {
    StateStore store = open("a");
    store.close();

    assertThatThrownBy(() -> store.update("task", "x"))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith(" is closed");
  }

  /// A failure of the disk may have broken the connection.
  @Test
  void continuesOverAnotherConnection() {
    try (JdbcStore store = JdbcStore.open(new SqliteFile(name("a")))) {
      store.update("task", "x");
      store.renewConnections();
      assertThat(store.update("task", "y").version()).isEqualTo(2);
      assertThat(store.latest()).singleElement().matches(last -> last.status().equals("y"));
    }
  }

  /// A copy with its log, made while it is open, has what the next life of a killed server has.
  @Test
  void eachAcknowledgedUpdateIsInACopyOfTheFile() throws Exception {
    try (StateStore store = open("a")) {
      for (int i = 1; i <= 60; i++) {
        Snapshot acknowledged = store.update("task-" + i % 3, "update-" + i);
        copy("a", "copy");
        try (StateStore copy = open("copy")) {
          assertThat(copy.epoch()).isEqualTo(store.epoch());
          assertThat(copy.latest())
              .usingRecursiveFieldByFieldElementComparator()
              .contains(acknowledged)
              .hasSize(Math.min(i, 3));
          assertThat(file("copy-shm")).doesNotExist();
        }
      }
    }
  }

  @Test
  void leavesOneFileOnceClosed() {
    try (StateStore store = open("a")) {
      store.update("task", "x");
      assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a", "a-wal");
    }
    assertThat(folder.toFile().list()).containsExactly("a");
  }

  @Test
  void isUsedByOneServerAtATime() {
    for (int life = 1; life <= 2; life++) {
      try (StateStore store = open("a")) {
        assertFails("a", "is in use by another process");
        assertThat(store.update("task", "x").version()).isEqualTo(life);
        assertFails("a", "is in use by another process");
      }
    }
  }

  @Test
  void refusesAFileThatIsNotADatabase() throws Exception {
    Files.write(file("a"), new byte[20_000]);

    assertFails("a", "is damaged or another program's: file is not a database");
  }

  @Test
  void refusesADamagedFile() throws Exception {
    open("a").close();
    try (var file = new RandomAccessFile(file("a").toFile(), "rw")) {
      file.seek(4096);
      file.write(new byte[(int) file.length() - 4096]);
    }

    assertFails("a", "is damaged: ");
  }

  @Test
  void refusesAFileThatWasCutShort() throws Exception {
    open("a").close();
    try (var file = new RandomAccessFile(file("a").toFile(), "rw")) {
      file.setLength(8192);
    }

    assertFails("a", "is damaged: ");
  }

  @Test
  void refusesADatabaseOfAnotherProgramAndLeavesItAsItWas() throws Exception {
    execute("a", "create table theirs (id int)");
    byte[] before = Files.readAllBytes(file("a"));

    assertFails("a", "holds another program's tables: it must be Pushlab's own");
    assertThat(Files.readAllBytes(file("a"))).isEqualTo(before);
  }

  /// A kill in the first moments leaves such a file.
  @Test
  void opensAnEmptyFile() throws Exception {
    execute("a", "pragma user_version = 0");
    execute("b", "pragma journal_mode = wal");
    open("c").close();
    execute("c", "delete from flyway_schema_history");
    execute("c", "drop table epoch");
    execute("c", "drop table task");
    for (String file : List.of("a", "b", "c")) {
      try (StateStore store = open(file)) {
        assertThat(store.update("task", "x").version()).isEqualTo(1);
      }
    }
  }

  @Test
  void refusesTheTablesOfALaterPushlab() throws Exception {
    open("a").close();
    execute(
        "a",
        """
        insert into "flyway_schema_history"
        select 2, '999', 'later', "type", 'V999__later.sql', 1, "installed_by", "installed_on", 1, true
        from "flyway_schema_history"
        where "version" = '1'
        """);

    assertFails("a", "has other tables than this Pushlab knows");
  }

  @Test
  void refusesAFolderThatDoesNotExist() {
    assertFails("no/a", "is in a folder that does not exist: " + folder.resolve("no"));
  }

  @Test
  void refusesAFolder() {
    assertFails(".", "is a folder");
  }

  private void assertFails(String file, String problem) {
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("the store " + name(file) + " " + problem)
        .message()
        .hasLineCount(1);
  }

  private StateStore open(String file) {
    return Stores.open(name(file), null);
  }

  private String name(String file) {
    return SqliteFile.SCHEME + folder.resolve(file);
  }

  private Path file(String file) {
    return folder.resolve(file);
  }

  /// Copies in a process of its own: this process would lose its locks on a file that it closes.
  private void copy(String from, String to) throws Exception {
    Process copy =
        new ProcessBuilder(
                "sh",
                "-c",
                "cp \"$1\" \"$2\" && cp \"$1-wal\" \"$2-wal\"",
                "sh",
                file(from).toString(),
                file(to).toString())
            .inheritIO()
            .start();
    assertThat(copy.waitFor()).isZero();
  }

  private void execute(String file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(name(file));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
