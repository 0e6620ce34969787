package pushlab.bench.herd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pushlab.bench.host.Home;
import pushlab.report.result.herd.HerdTrial;

/// Measures trials, each with a new server of ours.
///
/// @param log the servers' output is appended to this file
public record HerdTrials(Home home, Path log) {

  /// Goes through the event of `what`, and returns what was seen. Nothing of it is left then, also
  /// after an exception.
  ///
  /// @throws IOException if it cannot be measured; the message says why
  /// @throws InterruptedException if the thread was interrupted
  public HerdTrial measure(Case what) throws IOException, InterruptedException {
    try (var server = new OwnServer(home, log, options(what))) {
      return new Trial(what, server).run();
    } catch (IOException e) {
      // Ctrl-C reaches the server too.
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw e;
    }
  }

  private static List<String> options(Case what) {
    var options = new ArrayList<String>();
    options.add("--hold=%dms".formatted(what.hold().toMillis()));
    options.add("--hold-spread=" + what.holdSpread());
    if (what.accepts() != null) {
      options.add("--accepts-per-second=" + what.accepts());
    }
    return options;
  }
}
