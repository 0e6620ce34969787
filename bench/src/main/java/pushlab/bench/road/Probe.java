package pushlab.bench.road;

import java.io.IOException;
import pushlab.report.result.road.Seen;

/// Measures one thing of a proxy. It ends within the waits of its road and some seconds, and leaves
/// no connection open.
@FunctionalInterface
interface Probe<T> {

  /// Measures it.
  ///
  /// @throws NotSeenException if the proxy does something that leaves no value
  /// @throws IOException if the proxy cannot be reached
  Seen<T> of(Road road) throws IOException, InterruptedException;
}
