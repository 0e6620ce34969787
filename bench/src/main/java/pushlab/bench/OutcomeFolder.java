package pushlab.bench;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.Home;
import pushlab.bench.host.Reason;

/// The folder that a command writes its results to.
final class OutcomeFolder {

  private static final DateTimeFormatter NOW =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss", Locale.ROOT);

  private OutcomeFolder() {}

  /// The folder `given`, or if it is null a new folder among the runs. Creates it if it is missing.
  ///
  /// @param what what is measured, for the name of a new folder
  /// @throws IOException if the folder cannot be created; the message names it and says why
  static Path of(@Nullable Path given, Home home, String what) throws IOException {
    return given == null ? in(home.results(), what) : made(given);
  }

  /// Creates a new folder in `results`, named by the time and by `what`. If another process creates
  /// one in the same second, the later name gets a number at its end.
  ///
  /// @throws IOException if the folder cannot be created; the message names it and says why
  static Path in(Path results, String what) throws IOException {
    made(results);
    String name = LocalDateTime.now(ZoneId.systemDefault()).format(NOW) + "-" + what;
    Path folder = results.resolve(name);
    for (int number = 2; !isNew(folder); number++) {
      folder = results.resolve(name + "-" + number);
    }
    return folder;
  }

  /// Creates `folder`; false if it existed before.
  private static boolean isNew(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  private static Path made(Path folder) throws IOException {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  private static IOException cannotWrite(Path folder, IOException e) {
    return new IOException("cannot write results to %s: %s".formatted(folder, Reason.of(e)), e);
  }
}
