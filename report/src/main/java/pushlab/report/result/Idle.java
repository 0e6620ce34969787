package pushlab.report.result;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// `idle/<id>.json`: the cost of clients that are connected while nothing changes. Null means
/// unknown.
///
/// @param id the name of its file, for example `long-polling`
/// @param pollIntervalMillis null for every transport but short polling
/// @param seconds the duration, from the moment when all clients were connected
/// @param requests that the clients sent in this time; a long poll that times out is sent again
/// @param bytesOut bytes from the server to the clients in this time, with headers and
///     heartbeats, without TCP's own
/// @param bytesIn bytes from the clients to the server in this time, counted in the same way
/// @param cpuMicros CPU time of the server in this time, user and system, without its JIT
///     compilers
/// @param aloneCpuMicrosPerSecond the same for each second before a client was connected
/// @param errors answers that break the contract
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
