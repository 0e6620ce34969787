package pushlab.bench.host;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server that is not ours, with all processes that it starts and a temporary folder for all its
/// files. When it is closed, or this process is killed, its processes are ended and the folder is
/// deleted.
///
/// If this process is root, the server runs as `nobody`, unless it needs the rights of root. So it
/// needs no configuration for root, and may write hardly anywhere else. Its home, and the folder
/// for temporary files, are this folder.
public final class ForeignServer implements AutoCloseable {

  private static final String LOG = "log";

  /// A process group of its own contains all processes that the server starts, also if they
  /// outlive the one that started them.
  private static final String START =
      """
      folder=$1
      user=$2
      shift 2
      echo $$ >"$folder/%s" || exit
      if [ "$(id -u)" = 0 ] && [ "$user" = nobody ]; then
        chown -R nobody "$folder" || exit
        set -- setpriv --reuid=nobody "--regid=$(id -g nobody)" --clear-groups "$@"
      fi
      # macOS has no setsid.
      command -v setsid >/dev/null || exec perl -MPOSIX -e 'POSIX::setsid(); exec @ARGV' "$@"
      exec setsid "$@"
      """
          .formatted(Leash.GROUP);

  private final Path folder;
  private final Process process;
  private final Leash leash;

  private ForeignServer(Path folder, Process process, Leash leash) {
    this.folder = folder;
    this.process = process;
    this.leash = leash;
  }

  /// Starts a server.
  ///
  /// @param folder its configuration; it belongs to the server from now on, and is deleted also if
  ///     this method fails
  /// @param command starts the server in the foreground
  /// @param elsewhere what it writes outside the folder; deleted at the end too
  /// @throws IOException if no process can be started
  public static ForeignServer start(Path folder, List<String> command, List<Path> elsewhere)
      throws IOException {
    return start(folder, "nobody", command, elsewhere);
  }

  /// Starts a program that needs the rights of this process.
  ///
  /// @param folder its files; it belongs to the program from now on, and is deleted also if this
  ///     method fails
  /// @throws IOException if no process can be started
  public static ForeignServer startWithRights(Path folder, List<String> command)
      throws IOException {
    return start(folder, "same", command, List.of());
  }

  private static ForeignServer start(
      Path folder, String user, List<String> command, List<Path> elsewhere) throws IOException {
    Leash leash = Leash.onGroup(folder, elsewhere);
    try {
      var all = new ArrayList<>(List.of("sh", "-c", START, "start", folder.toString(), user));
      all.addAll(command);
      var builder =
          new ProcessBuilder(all)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log(folder).toFile()));
      environment(builder.environment(), folder);
      return new ForeignServer(folder, builder.start(), leash);
    } catch (IOException e) {
      leash.end();
      throw e;
    }
  }

  /// What a program finds in its environment if all its files belong into `folder`.
  private static void environment(Map<String, String> environment, Path folder) {
    ChildEnvironment.clear(environment);
    for (String name : List.of("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME")) {
      environment.put(name, folder.toString());
    }
  }

  /// The file in `folder` that a server may write its messages to, beside its output.
  public static Path log(Path folder) {
    return folder.resolve(LOG);
  }

  /// Runs a command to its end, for example one that gives this server an order.
  ///
  /// @throws IOException if it fails; the message is its last line
  /// @throws InterruptedException if the thread was interrupted
  public void run(List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    environment(builder.environment(), folder);
    Process running = builder.start();
    try (var _ = Leash.on(running.toHandle())) {
      running.getOutputStream().close();
      String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (running.waitFor() != 0) {
        throw new IOException(said.strip().lines().reduce("", (_, line) -> line));
      }
    } finally {
      running.destroyForcibly();
    }
  }

  /// The process that was started first. Its descendants may still run when it has ended.
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /// Whether the process that was started first still runs.
  public boolean isAlive() {
    return process.isAlive();
  }

  /// What the server has said so far.
  ///
  /// @throws IOException if its log cannot be read
  public String said() throws IOException {
    return new String(Files.readAllBytes(log(folder)), StandardCharsets.UTF_8);
  }

  /// Ends all processes of the server, which have two seconds for it, and deletes its folder.
  @Override
  public void close() {
    leash.end();
  }
}
