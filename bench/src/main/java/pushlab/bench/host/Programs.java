package pushlab.bench.host;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The programs that are installed on this machine.
public final class Programs {

  /// Users other than root often do not have these on their path.
  private static final List<String> OFF_PATH =
      List.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/sbin", "/opt/homebrew/bin");

  private Programs() {}

  /// The file of the program `name`; empty if it is not installed.
  public static Optional<Path> find(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(
            Arrays.stream(path.split(File.pathSeparator)).filter(folder -> !folder.isEmpty()),
            OFF_PATH.stream())
        .map(folder -> Path.of(folder).resolve(name).toAbsolutePath())
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
