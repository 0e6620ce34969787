package pushlab.report.result;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// `idle/<id>.json`: what clients of one transport cost that are connected while nothing changes.
/// Null is what cannot be known.
///
/// @param id the name of its file, for example `long-polling`
/// @param pollIntervalMillis null where it means nothing: for every transport but short polling
/// @param seconds how long nothing changed, from when all were connected
/// @param requests that the clients sent in this time: a long poll that came to its end is asked
///     again
/// @param bytesOut bytes from the server to the clients in this time, headers and heartbeats
///     included, TCP's own not
/// @param bytesIn bytes from the clients to the server, counted the same way
/// @param cpuMicros CPU time of the server in this time, user and system, but for its just-in-time
///     compilers
/// @param aloneCpuMicrosPerSecond the same for each second before anybody was connected
/// @param errors answers that were not what the contract promises
/// @param disconnects connections that the server ended
public record Idle(
    String id,
    Transport transport,
    int clients,
    @Nullable Long pollIntervalMillis,
    double seconds,
    long requests,
    long bytesOut,
    long bytesIn,
    @Nullable Long cpuMicros,
    @Nullable Double aloneCpuMicrosPerSecond,
    long errors,
    long disconnects) {

  public Idle {
    requireNonNull(id, "id");
    requireNonNull(transport, "transport");
  }
}
