package pushlab.docs;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The Markdown files of this checkout.
final class Documents {

  static final Path CHECKOUT = requireNonNull(Path.of("").toAbsolutePath().getParent());

  private Documents() {}

  static List<Path> all() throws IOException {
    try (Stream<Path> root = Files.list(CHECKOUT);
        Stream<Path> docs = Files.walk(CHECKOUT.resolve("docs"));
        Stream<Path> findings = Files.list(CHECKOUT.resolve("findings"))) {
      return Stream.of(root, docs, findings)
          .flatMap(paths -> paths)
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  static boolean isFrench(Path document) {
    return document.toString().endsWith(".fr.md");
  }

  static Stream<String> lines(Path document) throws IOException {
    return Files.readAllLines(CHECKOUT.resolve(document)).stream();
  }

  /// The files below `folder` that people write, by how their names end.
  static List<Path> sources(String folder, String... endings) throws IOException {
    try (Stream<Path> paths = Files.walk(CHECKOUT.resolve(folder))) {
      return paths
          .filter(path -> Stream.of(endings).anyMatch(path.toString()::endsWith))
          .filter(path -> !path.toString().matches(".*/(target|node_modules|golden)/.*"))
          .sorted()
          .toList();
    }
  }
}
