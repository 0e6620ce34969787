package pushlab.bench;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import pushlab.report.result.ResultsFolder;

/// `./lab serve --nodes N` with a new PostgreSQL.
@Timeout(90)
class ServeTest extends LabProcess {

  private static final Pattern ADDRESS = Pattern.compile("Pushlab is at (\\S+)   \\(node \\d\\)");

  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Process lab;

  @AfterEach
  void end() throws InterruptedException {
    http.shutdownNow();
    if (lab != null) {
      lab.destroy();
      exit();
    }
  }

  @Test
  void anUpdateOfOneNodeWakesASubscriberOfAnotherAndSigtermLeavesNothing() throws Exception {
    List<URI> nodes = serve(2, "--update-token t0ken");
    JsonNode first = json(get(nodes.getLast(), "/status"));
    String poll = "/poll-status?last_version=0&epoch=" + first.path("epoch").asText();
    var held =
        http.sendAsync(
            HttpRequest.newBuilder(nodes.getLast().resolve(poll)).build(), BodyHandlers.ofString());

    assertThat(update(nodes.getLast(), "a guess").statusCode()).isEqualTo(401);
    HttpResponse<String> updated = update(nodes.getFirst(), "t0ken");

    assertThat(json(held.get(10, TimeUnit.SECONDS))).isEqualTo(json(updated));
    assertThat(json(updated).path("version").asInt()).isEqualTo(1);

    List<ProcessHandle> servers = servers();
    int port = postgresPort();

    lab().toHandle().destroy();

    assertThat(exit()).isZero();
    assertThat(servers).hasSize(2);
    assertNothingIsLeft(servers, port);
    assertThat(said()).isEqualTo("lab: starting a PostgreSQL for the nodes\n");
  }

  @Test
  void theirPostgresIsDurableAndRequiresAPassword() throws Exception {
    serve(1, "");
    String password = Files.readString(postgres().resolve("password"));
    String url = "jdbc:postgresql://localhost:%d/postgres".formatted(postgresPort());
    try (var connection = DriverManager.getConnection(url, "postgres", password)) {
      for (String setting : List.of("fsync", "synchronous_commit")) {
        var rows = connection.createStatement().executeQuery("show " + setting);
        rows.next();
        assertThat(rows.getString(1)).as(setting).isEqualTo("on");
      }
    }
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> DriverManager.getConnection(url, "postgres", "a guess").close())
        .withMessageContaining("password authentication failed");
  }

  @Test
  void aNodeThatEndsIsNamedAndAfterTheLastOneEverythingIsDeleted() throws Exception {
    List<URI> nodes = serve(2, "");
    List<ProcessHandle> servers = servers();
    int port = postgresPort();

    servers.getLast().destroyForcibly();

    String named =
        "lab: node 2 at %s has ended with exit code 137; still running: %s\n"
            .formatted(nodes.getLast(), nodes.getFirst());
    await(lab(), () -> said().contains(named));
    assertThat(get(nodes.getFirst(), "/health/ready").statusCode()).isEqualTo(200);

    servers.getFirst().destroyForcibly();

    assertThat(exit()).isEqualTo(1);
    assertThat(said()).endsWith(" has ended with exit code 137; no server is left\n");
    assertNothingIsLeft(servers, port);
  }

  @Test
  void aPortInUseIsNamedAndNothingIsLeftBehind() throws Exception {
    try (ServerSocket taken = takenAfterAFreeOne()) {
      lab = start("serve --nodes 2 --port " + (taken.getLocalPort() - 1), temporary());
      assertThat(exit()).isEqualTo(1);
      assertThat(said())
          .endsWith(
              "lab: node 2: the server did not start: cannot listen on"
                  + " 127.0.0.1:%d: Address already in use\n".formatted(taken.getLocalPort()));
    }
    assertThat(postgresFolders()).isEmpty();
  }

  /// A free port below the range that systems assign by themselves, so that it stays free.
  private static ServerSocket takenAfterAFreeOne() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    for (int port = ThreadLocalRandom.current().nextInt(20_000, 30_000); ; port++) {
      try (var _ = new ServerSocket(port, 1, here)) {
        return new ServerSocket(port + 1, 1, here);
      } catch (BindException _) {
        // The port is in use; the loop tries the next.
      }
    }
  }

  @Test
  void anUnknownOptionOfTheServersIsReportedInOneLine() throws Exception {
    assertFailsInOneLine(
        lab("serve --nodes 2 --store jdbc:postgresql://127.0.0.1:1/x?user=y --hold 90s"),
        "node 1: the server did not start: --hold must be more than 0s and up to 30s");
  }

  @Test
  void aMissingPostgresIsReportedInOneLine() throws Exception {
    assertFailsInOneLine(
        lab("serve --nodes 2 --store jdbc:postgresql://127.0.0.1:1/x?user=y"),
        "node 1: the server did not start: the store jdbc:postgresql://127.0.0.1:1/x cannot be reached");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --nodes=0                          | --nodes must be from 1 to 20
          --nodes=-1                         | --nodes must be from 1 to 20
          --nodes=1000                       | --nodes must be from 1 to 20
          --nodes=abc                        | 'abc' is not an int
          --nodes=3 --port=65534             | --port (PUSHLAB_PORT) must be from 0 to 65533 with this many nodes
          --nodes=3 --store=memory           | memory and files belong to one process
          --nodes=3 --store=jdbc:sqlite:./x | memory and files belong to one process
          """)
  void aWrongOptionIsNamed(String options, String said) {
    var errors = new StringWriter();
    int exit =
        new CommandLine(new ServeCommand())
            .setErr(new PrintWriter(errors, true))
            .execute(options.split(" ", -1));
    assertThat(exit).isEqualTo(2);
    assertThat(errors.toString().lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains(said));
  }

  private List<URI> serve(int count, String options) throws Exception {
    String command = "serve --nodes %d --port 0 %s".formatted(count, options).strip();
    Process started = start(command, temporary());
    lab = started;
    await(started, () -> Files.readString(folder.resolve("out")).contains("Ctrl-C stops all"));
    return ADDRESS
        .matcher(Files.readString(folder.resolve("out")))
        .results()
        .map(found -> URI.create(found.group(1)))
        .toList();
  }

  private String temporary() {
    return "-Djava.io.tmpdir=" + folder;
  }

  private Process lab() {
    return requireNonNull(lab);
  }

  private int exit() throws InterruptedException {
    assertThat(lab().waitFor(40, TimeUnit.SECONDS)).as("ended within 40 s").isTrue();
    return lab().exitValue();
  }

  /// The addresses in the order of the nodes.
  private List<ProcessHandle> servers() {
    return lab()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("/java"))
        .sorted(comparing(server -> server.info().startInstant().orElseThrow()))
        .toList();
  }

  private void assertNothingIsLeft(List<ProcessHandle> servers, int port) throws IOException {
    assertThat(servers).noneMatch(ProcessHandle::isAlive);
    assertThat(postgresFolders()).isEmpty();
    assertThatIOException()
        .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  private Path postgres() throws IOException {
    return postgresFolders().getFirst();
  }

  /// The process id in the file of a running PostgreSQL.
  private int postgresPort() throws IOException {
    return Integer.parseInt(Files.readAllLines(postgres().resolve("data/postmaster.pid")).get(3));
  }

  private List<Path> postgresFolders() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("pushlab-")).toList();
    }
  }

  private HttpResponse<String> get(URI node, String path) throws Exception {
    return http.send(HttpRequest.newBuilder(node.resolve(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> update(URI node, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve("/update-status?status=x"))
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.noBody())
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return ResultsFolder.json().readTree(answer.body());
  }
}
