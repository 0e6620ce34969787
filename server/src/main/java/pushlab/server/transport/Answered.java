package pushlab.server.transport;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Is told of each request that was held as data, at its end. It must not block.
@FunctionalInterface
public interface Answered {

  /// A GET by HTTP/1.1 has ended.
  ///
  /// @param target its path and query
  /// @param began when it arrived, as [System#nanoTime] counts
  /// @param status null if the client went away before the answer
  /// @param bytes the length of the answer
  void answered(
      SocketAddress client, String target, long began, @Nullable Integer status, long bytes);
}
