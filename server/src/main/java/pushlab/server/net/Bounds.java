package pushlab.server.net;

import java.time.Duration;

/// How much one connection may take of the server, and how many there may be.
///
/// @param connections how many are served at once
/// @param headerBytes how long the first line of a request may be, and all its headers together
/// @param messageBytes how long a WebSocket message of a client may be, with all its fragments
/// @param request how long a request may take to arrive whole, from its first byte
/// @param write how long a write may wait for a client that takes nothing
public record Bounds(
    int connections, int headerBytes, int messageBytes, Duration request, Duration write) {}
