package pushlab.server.net.line;

import java.time.Duration;

/// How much one connection may use of the server, and how many connections there may be.
///
/// @param connections how many are served at once
/// @param refusals how many more may be open, to be refused
/// @param headerBytes the maximum length of the first line of a request, and of all its headers
///     together
/// @param messageBytes the maximum length of a client's WebSocket message, with all its fragments
/// @param request the time in which a request must arrive, from its first byte
/// @param write the time for which a write may wait for the client
/// @param idle the time for which nothing may arrive on a connection that waits for its client
public record Bounds(
    int connections,
    int refusals,
    int headerBytes,
    int messageBytes,
    Duration request,
    Duration write,
    Duration idle) {

  private static final Duration LAST_REQUEST = Duration.ofSeconds(2);
  private static final Duration LAST_WRITE = Duration.ofSeconds(1);

  /// The same bounds with less time for clients.
  public Bounds whileStopping() {
    return new Bounds(
        connections, refusals, headerBytes, messageBytes, LAST_REQUEST, LAST_WRITE, idle);
  }

  public int idleCheckSeconds() {
    return (int) Math.max(1, idle.dividedBy(4).toSeconds());
  }
}
