package pushlab.bench.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which processes listen on a port of this machine, by Linux's /proc.
public final class Listener {

  private static final String LISTENING = "0A";

  private Listener() {}

  /// The processes that hold a socket which listens on `port`: of a server that forks, the one that
  /// opened it and those that inherited it; of one whose processes share the port (`SO_REUSEPORT`),
  /// each of them. Empty if there is none, if none is ours to look at, or if this is not Linux.
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

  /// The columns are number, local address, remote address, state and, at the tenth, inode.
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
      // It has ended, or is another user's.
    }
    return false;
  }

  /// What a process has open there; empty once it has closed it.
  private static String open(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException _) {
      return "";
    }
  }
}
