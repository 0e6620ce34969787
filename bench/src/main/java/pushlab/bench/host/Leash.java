package pushlab.bench.host;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Ends a program that is not ours with this process, whatever killed that: a shell waits for the
/// end of a pipe whose other end this process holds, and then ends the program. Our server watches
/// such a pipe by itself.
final class Leash implements AutoCloseable {

  /// A line is the order to go and leave the program alone. Ctrl-C reaches the shell too.
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

  /// One that is about to start is waited for.
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

  private final Process shell;

  private Leash(Process shell) {
    this.shell = shell;
  }

  /// Puts `program` on one.
  static Leash on(ProcessHandle program) throws IOException {
    return start(PROGRAM, Long.toString(program.pid()));
  }

  /// Puts the PostgreSQL on one whose data and log are in `folder`, or are going to be; the folder
  /// is removed with it.
  static Leash onPostgres(Path folder) throws IOException {
    return start(POSTGRES, folder.toString());
  }

  private static Leash start(String script, String argument) throws IOException {
    var command = new ArrayList<>(List.of("sh", "-c", script, "leash", argument));
    return new Leash(
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start());
  }

  /// Lets go of the program.
  @Override
  public void close() {
    try (OutputStream pipe = shell.getOutputStream()) {
      pipe.write('\n');
    } catch (IOException _) {
      // The shell has been killed.
    }
  }
}
