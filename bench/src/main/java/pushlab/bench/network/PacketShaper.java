package pushlab.bench.network;

import java.io.IOException;
import java.util.List;

/// Delays, limits and loses packets between an interface of this namespace and one of the server's
/// namespace. Both have the same name. They have no addresses yet when it has started.
interface PacketShaper extends AutoCloseable {

  /// Bytes of a full packet on Ethernet.
  int FULL_PACKET = 1514;

  /// Loses all packets of both directions from now on. Those under way still arrive.
  ///
  /// @throws IOException if the shaper has ended
  void cut() throws IOException;

  /// Shapes as before [#cut].
  ///
  /// @throws IOException if the shaper has ended
  void restore() throws IOException;

  /// Its processes; empty if the kernel shapes.
  List<ProcessHandle> processes();

  /// Ends it. The interfaces may exist until the namespaces end.
  @Override
  void close();
}
