package pushlab.bench.road;

import java.io.IOException;
import java.util.Optional;
import pushlab.report.result.road.Seen;
import pushlab.report.text.NotSeen;

/// Whether a WebSocket gets through.
final class HandshakeProbe {

  private static final int SWITCHING_PROTOCOLS = 101;

  private HandshakeProbe() {}

  static Seen<Integer> measure(Road road) throws IOException, InterruptedException {
    try (Script script = road.origin().script();
        Connection client = road.open()) {
      return Seen.of(status(client, script.socket()));
    }
  }

  /// Opens a WebSocket.
  ///
  /// @throws NotSeenException if it does not get through
  static void open(Connection client, Script script) throws NotSeenException, InterruptedException {
    int status = status(client, script.socket());
    if (status != SWITCHING_PROTOCOLS) {
      throw new NotSeenException(NotSeen.NO_UPGRADE.say(status));
    }
  }

  /// The status of the answer to a handshake.
  ///
  /// @throws NotSeenException if there is none
  static int status(Connection client, String target)
      throws NotSeenException, InterruptedException {
    client.upgrade(target);
    Optional<Heard> first = client.next(Road.PATIENCE);
    if (first.isPresent() && first.get() instanceof Heard.Head head) {
      return head.status();
    }
    throw new NotSeenException(
        first.isPresent()
            ? NotSeen.CLOSED_UNANSWERED.say()
            : NotSeen.NO_ANSWER.say(Road.PATIENCE.toSeconds()));
  }
}
