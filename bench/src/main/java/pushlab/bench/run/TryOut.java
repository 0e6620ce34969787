package pushlab.bench.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import pushlab.bench.watch.Measured;
import pushlab.bench.watch.Target;
import pushlab.bench.watch.Watch;
import pushlab.bench.watch.WatchLoad;
import pushlab.report.result.Run;
import pushlab.report.result.Said;
import pushlab.report.result.Transport;
import pushlab.report.text.Remark;

/// Checks which transports of a target can be measured, before the first measurement.
final class TryOut {

  private final Target target;
  private final Consumer<Said> remark;

  /// @param remark receives a sentence about each transport that is left out
  TryOut(Target target, Consumer<Said> remark) {
    this.target = target;
    this.remark = remark;
  }

  /// The transports of `plan` that every node of the target supports.
  ///
  /// @throws IOException if there are none, an update reaches no subscriber, or the nodes do not
  ///     share one state
  List<Transport> of(Run.Plan plan) throws IOException, InterruptedException {
    var kept = new ArrayList<Transport>();
    String last = "";
    for (Transport transport : plan.transports()) {
      try (Watch _ = Watch.connect(target, oneANode(transport))) {
        kept.add(transport);
      } catch (IOException e) {
        last = String.valueOf(e.getMessage());
        remark.accept(Remark.LEFT_OUT.say(transport, last));
      }
    }
    if (kept.isEmpty()) {
      throw new IOException("%s cannot be measured: %s".formatted(target, last));
    }
    requireDeliveries(kept.getFirst());
    return kept;
  }

  /// An update that the first node accepts must reach the subscribers of all nodes.
  private void requireDeliveries(Transport transport) throws IOException, InterruptedException {
    try (Watch watch = Watch.connect(target, oneANode(transport))) {
      Measured measured = watch.measure();
      if (measured.deliveredNothing()) {
        throw new IOException(
            "%s cannot be measured: %s".formatted(target, measured.whyNothing(transport)));
      }
      List<Measured.OfNode> nodes = measured.nodes();
      for (int node = 1; node < nodes.size(); node++) {
        if (nodes.getFirst().delivered() > 0 && nodes.get(node).delivered() == 0) {
          throw new IOException(
              "%s and %s do not share one state: an update of the first did not reach the second"
                  .formatted(target.first(), target.nodes().get(node)));
        }
      }
    }
  }

  private WatchLoad oneANode(Transport transport) {
    return new WatchLoad(
        transport, target.nodes().size(), 1, Duration.ofMillis(100), Duration.ofSeconds(1));
  }
}
