package pushlab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import pushlab.server.state.StoreException;
import pushlab.server.testing.ServerProcess;
import pushlab.server.testing.TestDatabase;
import pushlab.server.testing.TestServer;

/// A PostgreSQL that is unavailable, and the password that it requires.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresRefusalTest {

  private static final String PASSWORD = "not for all eyes";

  @TempDir private Path folder = Path.of("");

  private TestDatabase database;

  @BeforeEach
  void create() throws SQLException {
    database = TestDatabase.create();
  }

  @AfterEach
  void drop() throws SQLException {
    database.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void passwordOfTheEnvironmentIsInNoAnswerLogOrProcessList() throws Exception {
    String store = guarded();
    List<String> launcher = List.of("env", "PUSHLAB_STORE_PASSWORD=" + PASSWORD);
    try (ServerProcess server = ServerProcess.startBy(launcher, "--port=0", store);
        HttpClient client = HttpClient.newHttpClient()) {
      URI address = server.address();
      for (String path : List.of("/metrics", "/health/ready", "/status")) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
        assertThat(client.send(request, BodyHandlers.ofString()).body()).doesNotContain(PASSWORD);
      }
      assertThat(Path.of("/proc", Long.toString(server.process.pid()), "cmdline"))
          .content()
          .contains(store)
          .doesNotContain(PASSWORD);
      server.stop();
      assertThat(server.errors()).isEmpty();
    }
  }

  @Test
  void passwordMayBeInAFile() throws Exception {
    try (TestServer server = TestServer.start(guarded(), file(PASSWORD + "\n"))) {
      assertThat(server.update("x").getInt("version")).isEqualTo(1);
    }
  }

  @Test
  void wrongPasswordIsOneLine() throws Exception {
    assertRefused(
        "refuses this user or password (PUSHLAB_STORE_PASSWORD): password authentication failed",
        guarded(),
        file("a wrong one"));
  }

  @Test
  void passwordInTheUrlIsRefusedWithoutRepeatingItAndExit2() throws Exception {
    try (ServerProcess server = ServerProcess.start(database.store() + "&password=" + PASSWORD)) {
      assertThat(server.exit()).isEqualTo(2);
      assertThat(server.errors())
          .noneMatch(line -> line.contains(PASSWORD))
          .startsWith(
              "--store must be without a password, which others could read there: put it into a"
                  + " file (--store-password-file) or into the environment variable"
                  + " PUSHLAB_STORE_PASSWORD");
    }
  }

  @Test
  void missingPasswordFileIsReported() {
    assertThatThrownBy(
            () -> TestServer.start(database.store(), "--store-password-file=" + folder + "/no"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("cannot read the store's password: ");
  }

  @Test
  void databaseOfALaterPushlabIsRefused() throws Exception {
    TestServer.start(database.store()).close();
    database.execute(
        """
        insert into flyway_schema_history
        select 9, '999', 'later', type, 'V999__later.sql', 1, installed_by, installed_on, 1, true
        from flyway_schema_history
        where version = '1'
        """);

    assertRefused("has other tables than this Pushlab knows", database.store());
  }

  @Test
  void databaseOfAnotherProgramIsRefused() throws Exception {
    database.execute("create table theirs (id int)");

    assertRefused("holds another program's tables: it must be Pushlab's own", database.store());
  }

  @Test
  void databaseOfAnotherEncodingIsRefused() throws Exception {
    database.encodeAsLatin1();

    assertRefused("cannot hold every text: its encoding is not UTF8", database.store());
  }

  @Test
  void databaseWithoutAFreeConnectionIsRefused() throws Exception {
    String store = database.store("few");
    TestDatabase.administer("alter role few nosuperuser connection limit 0");

    assertRefused("has no connection left: too many connections for role \"few\"", store);
  }

  @Test
  void missingDatabaseIsRefused() {
    String store = database.store().replace(database.name, "nothing");

    assertThatThrownBy(() -> TestServer.start(store))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith("/nothing is not there: database \"nothing\" does not exist");
  }

  @Test
  void serverThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> TestServer.start("--store=jdbc:postgresql://127.0.0.1:1/x?user=y"))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "the store jdbc:postgresql://127.0.0.1:1/x cannot be reached: Connection refused");
  }

  private void assertRefused(String problem, String... options) {
    String name = database.url("x").replaceFirst("\\?.*", "");
    assertThatThrownBy(() -> TestServer.start(options))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("the store " + name + " " + problem)
        .message()
        .doesNotContain(PASSWORD)
        .hasLineCount(1);
  }

  private String guarded() throws SQLException {
    String store = database.store(TestDatabase.GUARDED);
    TestDatabase.administer(
        "alter role %s password '%s'".formatted(TestDatabase.GUARDED, PASSWORD));
    return store;
  }

  private String file(String password) throws Exception {
    Path file = folder.resolve("password");
    Files.writeString(file, password);
    return "--store-password-file=" + file;
  }
}
