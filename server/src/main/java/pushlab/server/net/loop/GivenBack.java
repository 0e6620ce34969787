package pushlab.server.net.loop;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.server.transport.Held;

/// What is left to do on a connection that an [EventLoop] gives back.
public final class GivenBack {

  private final byte[] arrived;
  private final @Nullable Held held;

  /// A connection on which `arrived` has arrived since the last answer.
  ///
  /// @param held the subscriber that a thread is to serve; null if it is to serve requests
  GivenBack(byte[] arrived, @Nullable Held held) {
    this.arrived = arrived;
    this.held = held;
  }

  /// What has arrived since the last answer. Must not be changed.
  public byte[] arrived() {
    return arrived;
  }

  /// The subscriber that a thread is to serve; empty if it is to serve requests.
  public Optional<Held> held() {
    return Optional.ofNullable(held);
  }
}
