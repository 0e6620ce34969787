package pushlab.bench.host;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Ends a foreign program when this process ends, even if this process is killed. A shell reads
/// from a pipe that this process holds open, and ends the program when the pipe ends. Our own
/// server watches such a pipe by itself.
final class Leash implements AutoCloseable {

  /// A line in the pipe makes the shell exit and leave the program running. Ctrl-C reaches the
  /// shell too, so it ignores signals.
  private static final String WAIT =
      """
      trap '' HUP INT TERM
      read -r line && exit
      """;

  private static final String PROGRAM =
      WAIT
          + """
            kill "$1"
            sleep 3
            kill -KILL "$1"
            """;

  /// Waits up to 5 s for a PostgreSQL that is just starting.
  private static final String POSTGRES =
      WAIT
          + """
            tries=0
            until [ -s "$1/data/postmaster.pid" ] || [ $tries -ge 5 ]; do
              tries=$((tries + 1))
              sleep 1
            done
            if read -r id < "$1/data/postmaster.pid"; then
              kill -INT "$id"
              while kill -0 "$id"; do
                sleep 1
              done
            fi
            rm -rf "$1"
            """;

  /// The file that has the id of the process group.
  static final String GROUP = "group";

  /// Waits up to 2 s for an orderly end.
  private static final String FOLDER =
      WAIT
          + """
            if read -r group < "$1/%s"; then
              kill -TERM "-$group"
              tries=0
              while kill -0 "-$group" && [ $tries -lt 20 ]; do
                tries=$((tries + 1))
                sleep 0.1
              done
              kill -KILL "-$group"
            fi
            rm -rf "$@"
            """
              .formatted(GROUP);

  private final Process shell;

  private Leash(Process shell) {
    this.shell = shell;
  }

  /// A leash for `program`.
  static Leash on(ProcessHandle program) throws IOException {
    return start(PROGRAM, Long.toString(program.pid()));
  }

  /// A leash for the PostgreSQL that has its data and log in `folder`, or is about to. It deletes
  /// the folder too.
  static Leash onPostgres(Path folder) throws IOException {
    return start(POSTGRES, folder.toString());
  }

  /// A leash for the process group that the file `group` in `folder` names, or is about to name. It
  /// deletes the folder too.
  ///
  /// @param elsewhere files that it deletes beside the folder
  static Leash onGroup(Path folder, List<Path> elsewhere) throws IOException {
    return start(
        FOLDER,
        Stream.concat(Stream.of(folder), elsewhere.stream())
            .map(Path::toString)
            .toArray(String[]::new));
  }

  private static Leash start(String script, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("sh", "-c", script, "leash"));
    command.addAll(List.of(arguments));
    return new Leash(
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start());
  }

  /// Ends the program now, and returns when that is done.
  void end() {
    try {
      shell.getOutputStream().close();
    } catch (IOException _) {
      // The shell has been killed.
    }
    shell.onExit().join();
  }

  /// Leaves the program running from now on.
  @Override
  public void close() {
    try (OutputStream pipe = shell.getOutputStream()) {
      pipe.write('\n');
    } catch (IOException _) {
      // The shell has been killed.
    }
  }
}
