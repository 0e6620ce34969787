package pushlab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pushlab.report.result.ResultsFolder;

/// The golden results, and copies of them that a report may be written into.
final class Folders {

  static final Path GOLDEN = Path.of("src/test/resources/golden");

  private Folders() {}

  static ResultsFolder copy(String golden, Path to) throws IOException {
    Path from = GOLDEN.resolve(golden).resolve("results");
    try (var files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return new ResultsFolder(to);
  }
}
