package pushlab.bench.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the processes that listen on a port of this machine, in Linux's /proc.
public final class ListeningProcesses {

  private static final String LISTENING = "0A";

  private ListeningProcesses() {}

  /// The processes that hold a socket which listens on `port`. For a server that forks, these are
  /// the process that opened the socket and those that inherited it. For processes that share the
  /// port (`SO_REUSEPORT`), it is each of them. Empty if there is none, if they belong to another
  /// user, or if this is not Linux.
  public static Set<ProcessHandle> on(int port) {
    Set<String> sockets =
        Stream.of("/proc/net/tcp", "/proc/net/tcp6")
            .flatMap(table -> sockets(Path.of(table), ":%04X".formatted(port)))
            .collect(Collectors.toSet());
    return sockets.isEmpty()
        ? Set.of()
        : ProcessHandle.allProcesses()
            .filter(process -> holdsOne(process, sockets))
            .collect(Collectors.toSet());
  }

  /// The columns are number, local address, remote address and state; the tenth is the inode.
  private static Stream<String> sockets(Path table, String port) {
    try {
      return Files.readAllLines(table).stream()
          .map(line -> line.strip().split("\\s+"))
          .filter(columns -> columns.length > 9)
          .filter(columns -> columns[1].endsWith(port) && columns[3].equals(LISTENING))
          .map(columns -> "socket:[%s]".formatted(columns[9]));
    } catch (IOException _) {
      return Stream.empty();
    }
  }

  private static boolean holdsOne(ProcessHandle process, Set<String> sockets) {
    Path files = Path.of("/proc", Long.toString(process.pid()), "fd");
    try (DirectoryStream<Path> links = Files.newDirectoryStream(files)) {
      for (Path link : links) {
        if (sockets.contains(open(link))) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // The process has ended, or belongs to another user.
    }
    return false;
  }

  /// What the file descriptor `link` refers to; empty if it has been closed.
  private static String open(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException _) {
      return "";
    }
  }
}
