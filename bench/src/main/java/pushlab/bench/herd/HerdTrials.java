package pushlab.bench.herd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pushlab.bench.host.Home;
import pushlab.bench.network.ShapedWay;
import pushlab.report.result.Network;
import pushlab.report.result.herd.HerdTrial;

/// Measures trials, each with a new server of ours, and with a new network if it is about one.
///
/// @param log the servers' output is appended to this file
public record HerdTrials(Home home, Path log) {

  /// Goes through the event of `what`, and returns what was seen. Nothing of it is left then, also
  /// after an exception.
  ///
  /// @throws IOException if it cannot be measured; the message says why
  /// @throws InterruptedException if the thread was interrupted
  public HerdTrial measure(Case what) throws IOException, InterruptedException {
    Network network = what.network();
    try (ShapedWay way = network == null ? null : ShapedWay.open(network);
        var server = new OwnServer(home, log, options(what), way)) {
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
