package pushlab.server.net.line;

import java.time.Duration;

/// How much one connection may take of the server, and how many there may be.
///
/// @param connections how many are served at once
/// @param refusals how many more may be open, to be told that they are too many
/// @param headerBytes how long the first line of a request may be, and all its headers together
/// @param messageBytes how long a WebSocket message of a client may be, with all its fragments
/// @param request how long a request may take to arrive whole, from its first byte
/// @param write how long a write may wait for a client that takes nothing
/// @param idle how long nothing may come in on a connection that waits for its client
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

  /// These, with less time for clients.
  public Bounds whileStopping() {
    return new Bounds(
        connections, refusals, headerBytes, messageBytes, LAST_REQUEST, LAST_WRITE, idle);
  }

  public int idleCheckSeconds() {
    return (int) Math.max(1, idle.dividedBy(4).toSeconds());
  }
}
