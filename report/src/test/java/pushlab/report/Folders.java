package pushlab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pushlab.report.herd.Herds;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.herd.HerdTrial;

/// The golden results, and copies of them that a report may be written into.
final class Folders {

  static final Path GOLDEN = Path.of("src/test/resources/golden");

  /// A run of the standard plan, for a reader to see before running anything.
  static final Path SAMPLE = Path.of("../docs/sample");

  private Folders() {}

  static ResultsFolder copy(String golden, Path to) throws IOException {
    return copy(GOLDEN.resolve(golden).resolve("results"), to);
  }

  static ResultsFolder copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return new ResultsFolder(to);
  }

  /// A folder that has nothing but herds.
  static ResultsFolder herds(Path to) throws IOException {
    var folder = new ResultsFolder(to);
    for (HerdTrial trial : Herds.all()) {
      folder.write(trial);
    }
    return folder;
  }
}
