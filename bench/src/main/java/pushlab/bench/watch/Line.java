package pushlab.bench.watch;

import java.io.IOException;

/// A network that can be cut.
public interface Line {

  /// From now on no packet passes in either direction, and no end of a connection is told.
  ///
  /// @throws IOException if it cannot be cut
  void cut() throws IOException;

  /// From now on packets pass again.
  ///
  /// @throws IOException if it cannot be restored
  void restore() throws IOException;
}
