package pushlab.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import pushlab.bench.host.Home;
import pushlab.bench.host.Reason;
import pushlab.bench.net.Printable;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;
import pushlab.report.Report;
import pushlab.report.result.ResultsFolder;
import pushlab.report.text.Phrase;

/// The options that say where a command writes what it has measured.
final class OutcomeOptions {

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Write what was measured to this file as JSON. With - it goes to standard output, and"
              + " everything else goes to standard error.")
  private @Nullable Path json;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where to write the results (default: a new folder).")
  private @Nullable Path results;

  /// The folder for the results, which exists.
  ///
  /// @param what what is measured, for the name of a new folder
  /// @throws IOException if it cannot be created; the message names it and says why
  ResultsFolder folder(Home home, String what) throws IOException {
    return new ResultsFolder(OutcomeFolder.of(results, home, what));
  }

  /// Writes the report of `folder` if anything was measured, and prints where it is.
  ///
  /// @param measured what `--json` writes
  /// @throws IOException if a file cannot be written; the message names it and says why
  void write(ResultsFolder folder, List<?> measured, LanguageOption spoken) throws IOException {
    boolean jsonOut = json != null && json.toString().equals("-");
    PrintStream out = jsonOut ? System.err : System.out;
    out.println(Texts.of("outcome.results", folder.path()).in(spoken.language()));
    if (!measured.isEmpty()) {
      Report.Written report = Report.write(folder, spoken.screen());
      out.println();
      out.println(report.summary());
      out.println();
      out.println(spoken.screen().say(Phrase.of("terminal.report", report.html())));
    }
    if (json != null) {
      String text = ResultsFolder.json().writeValueAsString(measured) + System.lineSeparator();
      if (jsonOut) {
        System.out.print(text);
      } else {
        write(json, text);
      }
    }
  }

  /// Writes a file that an option names.
  ///
  /// @throws IOException if it cannot be written; the message names it and says why
  static void write(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new SaidException(Texts.of("outcome.cannot-write", file, Reason.of(e)), e);
    }
  }

  /// Why a part could not be measured, for a line of progress.
  static Phrase error(IOException e) {
    return Texts.of(
        "error",
        e instanceof SaidException said
            ? said.phrase()
            : Phrase.verbatim(Printable.brief(Reason.of(e))));
  }
}
