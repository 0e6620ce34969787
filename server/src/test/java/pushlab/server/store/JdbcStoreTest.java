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
import pushlab.server.state.Await;
import pushlab.server.state.Snapshot;
import pushlab.server.state.StateStore;
import pushlab.server.state.StoreException;

/// The store in a real H2 file.
@Timeout(60)
class JdbcStoreTest {

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
      two = store.update("two", "Échec");
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
  void interruptOfItsCallerDoesItNoHarm() {
    try (StateStore store = open("a")) {
      Thread.currentThread().interrupt();
      assertThat(store.update("task", "x").version()).isEqualTo(1);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(store.update("task", "x").version()).isEqualTo(2);
    }
  }

  @Test
  void takesNoUpdateOnceClosed() {
    StateStore store = open("a");
    store.close();

    assertThatThrownBy(() -> store.update("task", "x"))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith(" is closed");
  }

  @Test
  void failsWhileItsFileCannotBeHadAndThenGoesOn() throws Exception {
    try (StateStore store = open("a")) {
      store.update("task", "x");
      try (var file = new RandomAccessFile(file("a").toFile(), "rw")) {
        shutDown("a");
        try (var _ = file.getChannel().lock()) {
          assertThatThrownBy(() -> store.update("task", "x"))
              .isInstanceOf(StoreException.class)
              .hasMessageStartingWith("the store " + name("a") + " ");
        }
      }

      Await.until("the store works again", () -> works(store));
      assertThat(store.latest()).singleElement().matches(last -> last.version() == 2);
    }
  }

  @Test
  void refusesADamagedFile() throws Exception {
    Files.write(file("a"), new byte[20_000]);

    assertFails("a", "is damaged: ");
  }

  /// H2 by itself would begin anew, with nothing in it.
  @Test
  void refusesAFileThatLostWhatItHeld() throws Exception {
    open("a").close();
    try (var file = new RandomAccessFile(file("a").toFile(), "rw")) {
      file.setLength(8192);
    }

    assertFails("a", "is damaged or another program's: it holds no versions");
  }

  @Test
  void refusesADatabaseOfAnotherProgram() throws Exception {
    execute("a", "create table theirs (id int)");

    assertFails("a", "is damaged or another program's: it holds no versions");
  }

  @Test
  void refusesATableLayoutOfALaterTime() throws Exception {
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
    return "jdbc:h2:file:" + folder.resolve(file);
  }

  private Path file(String file) {
    return folder.resolve(file + ".mv.db");
  }

  /// As a failing disk makes H2 close the database, whoever has it open.
  private void shutDown(String file) throws SQLException {
    execute(file, "shutdown immediately");
  }

  private void execute(String file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(new H2File(name(file)).url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean works(StateStore store) {
    try {
      store.update("task", "x");
      return true;
    } catch (StoreException _) {
      return false;
    }
  }
}
