package pushlab.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/// SQLite's native library. Its driver unpacks it into a file and loads that file.
final class SqliteLibrary {

  private static final String PREFIX = "pushlab-sqlite-";

  private SqliteLibrary() {}

  /// Loads it from the folder for temporary files, or else from `folder`: the first may be
  /// read-only, or mounted without the right to execute. The file is removed at once, so a process
  /// that is killed later leaves none behind.
  ///
  /// @throws StoreException if it cannot be loaded from either
  static void load(Database database, Path folder) {
    Exception problem = new IOException();
    List<Callable<Path>> places =
        List.of(
            () -> Files.createTempDirectory(PREFIX),
            () -> Files.createTempDirectory(folder, PREFIX));
    for (Callable<Path> place : places) {
      try {
        load(place.call());
        return;
      } catch (Exception e) {
        problem = e;
      }
    }
    throw database.failure(
        "cannot load SQLite from the folder for temporary files nor from its own"
            + " (PUSHLAB_JAVA_OPTIONS=-Djava.io.tmpdir=DIR names another): "
            + Database.reason(problem),
        problem);
  }

  /// The driver declares `Exception`.
  private static void load(Path own) throws Exception {
    try {
      System.setProperty("org.sqlite.tmpdir", own.toString());
      SQLiteJDBCLoader.initialize();
    } finally {
      remove(own);
    }
  }

  /// Windows cannot delete a file that is in use.
  private static void remove(Path own) {
    try (Stream<Path> files = Files.list(own)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(own);
    } catch (IOException | UncheckedIOException _) {
      // The driver tries again at the end.
    }
  }
}
