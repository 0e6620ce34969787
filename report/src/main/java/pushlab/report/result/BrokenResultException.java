package pushlab.report.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A file of a run that is missing or is not what it should be; the message names the file, what
/// was expected and what is wrong.
public final class BrokenResultException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// @param expected what the file should have been, for example `a cell`
  public BrokenResultException(Path file, String expected, Throwable cause) {
    super("%s: expected %s, but %s".formatted(file, expected, why(cause)), cause);
  }

  private static String why(Throwable cause) {
    return switch (cause) {
      case NoSuchFileException _ -> "there is no such file";
      case FileNotFoundException _ -> "there is no such file";
      case JsonProcessingException e -> e.getOriginalMessage();
      default -> String.valueOf(cause.getMessage());
    };
  }
}
