package pushlab.bench.host;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/// Why something failed, in words for the user.
public final class Reason {

  private Reason() {}

  /// What `failure` means. An exception of `java.nio.file` has only the file's name as its message,
  /// and other exceptions have no message at all.
  public static String of(Throwable failure) {
    return switch (failure) {
      case NoSuchFileException missing -> "there is no file " + missing.getFile();
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case FileAlreadyExistsException other -> other.getFile() + " is not a folder";
      default ->
          failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    };
  }
}
