package pushlab.report.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file of a run that is missing or is not what it should be. The message names the file, what
/// was expected and what is wrong.
public final class BrokenResultException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Path file;
  private final transient Expected expected;
  private final transient Said wrong;

  /// @param cause tells what is wrong
  public BrokenResultException(Path file, Expected expected, Throwable cause) {
    this(file, expected, wrong(cause), cause);
  }

  /// @param wrong what is wrong
  public BrokenResultException(Path file, Expected expected, Said wrong) {
    this(file, expected, wrong, null);
  }

  private BrokenResultException(
      Path file, Expected expected, Said wrong, @Nullable Throwable cause) {
    super(said(file.toString(), expected, wrong).text(), cause);
    this.file = file;
    this.expected = expected;
    this.wrong = wrong;
  }

  /// The message, in which files of `run` are named from there.
  public Said said(Path run) {
    String prefix = run + run.getFileSystem().getSeparator();
    Said inRun = wrong.key() == null ? Said.verbatim(wrong.text().replace(prefix, "")) : wrong;
    return said(file.toString().replace(prefix, ""), expected, inRun);
  }

  private static Said said(String file, Expected expected, Said wrong) {
    return Said.of(
        "broken.file", "%s: expected %s, but %s", Said.verbatim(file), expected.said(), wrong);
  }

  private static Said wrong(Throwable cause) {
    return switch (cause) {
      case NoSuchFileException _ -> Flaw.NO_FILE.said();
      case FileNotFoundException _ -> Flaw.NO_FILE.said();
      case JsonProcessingException e -> Said.verbatim(e.getOriginalMessage());
      default -> Said.verbatim(String.valueOf(cause.getMessage()));
    };
  }
}
