package pushlab.bench.run;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pushlab.bench.network.Calibration;
import pushlab.bench.network.Counted;
import pushlab.bench.network.ShapedWay;
import pushlab.bench.watch.Line;
import pushlab.report.result.NetworkUse;
import pushlab.report.result.NetworkUse.Shaper;

/// What a shaped network is and does while cells are measured over it. Not thread-safe.
final class NetworkMeter implements AutoCloseable {

  private final ShapedWay way;
  private Calibration calibration = new Calibration(null, null, 0);

  /// @param way is closed with this
  NetworkMeter(ShapedWay way) {
    this.way = way;
  }

  /// Measures the network itself, which nothing else may use meanwhile, and returns what it was.
  NetworkUse calibrate() throws IOException, InterruptedException {
    Counted before = way.count();
    calibration = way.calibrate();
    return since(before);
  }

  ShapedWay way() {
    return way;
  }

  /// The counters of now.
  Counted count() throws IOException {
    return way.count();
  }

  /// What the network did since `before`, and what it was when it was last calibrated.
  NetworkUse since(Counted before) throws IOException {
    return way.useSince(before, calibration);
  }

  /// The CPU time of processes of their own that shaped the network. A relay runs in the lab, whose
  /// time is known.
  static Duration ofOwnProcesses(NetworkUse use) {
    return use.shaperCpuMicros() == null || use.shaper() == Shaper.RELAY
        ? Duration.ZERO
        : Duration.ofNanos(1000 * use.shaperCpuMicros());
  }

  /// The network as one that can be cut; null if it cannot.
  @Nullable Line line() {
    return way.canCut()
        ? new Line() {
          @Override
          public void cut() throws IOException {
            way.cut();
          }

          @Override
          public void restore() throws IOException {
            way.restore();
          }
        }
        : null;
  }

  @Override
  public void close() {
    way.close();
  }
}
