package pushlab.bench.host;

import static java.util.stream.Collectors.toList;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

/// A temporary PostgreSQL, which listens on this machine only and requires a password. When it is
/// closed, or this process is killed, all of it is deleted except its unpacked program, which stays
/// in the checkout for the next time.
public final class OwnPostgres implements AutoCloseable {

  private static final Pattern REASON = Pattern.compile("(?i)error:|fatal:|panic:");
  private static final Duration START_PATIENCE = Duration.ofSeconds(15);
  private static final String USER = "postgres";

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final Leash leash;

  private OwnPostgres(Path folder, EmbeddedPostgres postgres, Leash leash) {
    this.folder = folder;
    this.postgres = postgres;
    this.leash = leash;
  }

  /// Starts a PostgreSQL. This takes a second, or a few if its program must be unpacked first.
  ///
  /// @throws IOException if it does not start; the message says why
  public static OwnPostgres start(Home home) throws IOException {
    Path program = privately(home.path().resolve("target/postgresql"));
    Path folder = Files.createTempDirectory("pushlab-postgres-");
    Leash leash = Leash.onPostgres(folder);
    try {
      return new OwnPostgres(folder, uninterrupted(() -> start(program, folder)), leash);
    } catch (CompletionException e) {
      String reason = reason(folder, e);
      kill(folder);
      leash.close();
      delete(folder);
      throw new IOException("a PostgreSQL could not be started: " + reason, e);
    }
  }

  private static EmbeddedPostgres start(Path program, Path folder) throws IOException {
    Path password = password(folder);
    Files.writeString(password, UUID.randomUUID().toString());
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(program.toFile())
        .setDataDirectory(data(folder))
        // The library passes only its locale options to initdb.
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("auth", "scram-sha-256")
        .setLocaleConfig("pwfile", password.toString())
        .setConnectConfig("password", Files.readString(password))
        // The library's defaults are fast and may lose what the database has acknowledged.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("unix_socket_directories", "")
        .setOutputRedirector(Redirect.appendTo(log(folder).toFile()))
        .setPGStartupWait(START_PATIENCE)
        .setRegisterShutdownHook(false)
        .start();
  }

  /// The environment variables that make a server use this PostgreSQL as its store.
  public Map<String, String> environment() {
    return Map.of(
        "PUSHLAB_STORE",
        postgres.getJdbcUrl(USER, USER),
        "PUSHLAB_STORE_PASSWORD_FILE",
        password(folder).toString());
  }

  /// The id of its first process, the postmaster.
  ///
  /// @throws IOException if it has ended
  public long pid() throws IOException {
    return pid(folder);
  }

  /// Stops it and deletes its data.
  @Override
  public void close() throws IOException {
    uninterrupted(
        () -> {
          postgres.close();
          return folder;
        });
    leash.close();
    delete(folder);
  }

  /// Runs `work` in another thread, so that an interrupt does not leave it half done.
  private static <T> T uninterrupted(Callable<T> work) {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return work.call();
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            })
        .join();
  }

  /// Denies other users access to `folder`: the library lets everybody write into the program's
  /// folder.
  private static Path privately(Path folder) throws IOException {
    Files.createDirectories(folder);
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
  }

  private static Path password(Path folder) {
    return folder.resolve("password");
  }

  private static Path log(Path folder) {
    return folder.resolve("log");
  }

  private static String reason(Path folder, Throwable e) throws IOException {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    List<String> said = Files.exists(log(folder)) ? Files.readAllLines(log(folder)) : List.of();
    return said.stream()
        .filter(line -> REASON.matcher(line).find())
        .findFirst()
        .orElse(String.valueOf(cause.getMessage()));
  }

  /// Kills a PostgreSQL that did not answer in time but may still run.
  private static void kill(Path folder) throws IOException {
    if (Files.exists(pidFile(folder))) {
      ProcessHandle.of(pid(folder))
          .filter(ProcessHandle::destroyForcibly)
          .ifPresent(process -> process.onExit().join());
    }
  }

  private static long pid(Path folder) throws IOException {
    return Long.parseLong(Files.readAllLines(pidFile(folder)).getFirst());
  }

  private static Path pidFile(Path folder) {
    return data(folder).resolve("postmaster.pid");
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (var walk = Files.walk(folder)) {
      files = walk.collect(toList());
    }
    for (Path file : files.reversed()) {
      Files.deleteIfExists(file);
    }
  }
}
