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

/// Where a command puts what it measured.
final class OutcomeFolder {

  private static final DateTimeFormatter NOW =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss", Locale.ROOT);

  private OutcomeFolder() {}

  /// The folder that is `given`, or else a new one among the runs, named by `what` was measured;
  /// made if it is not there.
  ///
  /// @throws IOException if it cannot be; the message names it and says why
  static Path of(@Nullable Path given, Home home, String what) throws IOException {
    return given == null ? in(home.results(), what) : made(given);
  }

  /// A new folder in `results`, named by the time and by `what` was measured; of two that begin in
  /// the same second, whatever process they are in, the later has a number behind its name.
  ///
  /// @throws IOException if it cannot be made; the message names it and says why
  static Path in(Path results, String what) throws IOException {
    made(results);
    String name = LocalDateTime.now(ZoneId.systemDefault()).format(NOW) + "-" + what;
    Path folder = results.resolve(name);
    for (int number = 2; !isNew(folder); number++) {
      folder = results.resolve(name + "-" + number);
    }
    return folder;
  }

  /// Makes `folder`, and says whether it was this call that did.
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
