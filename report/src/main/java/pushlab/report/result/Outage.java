package pushlab.report.result;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// `outages/<transport>-<network>.json`: how the clients of one transport connected over a network,
/// and came through an outage of it. An update was published while the network was cut.
///
/// @param network null for loopback
/// @param outageSeconds how long no packet passed; null if the network could not be cut, in which
///     case only the time to connect was measured
/// @param connectMicros of each client, from its first packet until it had a snapshot
/// @param recoverMicros of each client that had the update in time, from the moment when packets
///     passed again; null if the network was not cut
/// @param missing clients that did not have the update `waitedSeconds` after packets passed again
/// @param disconnects connections that ended
public record Outage(
    Transport transport,
    @Nullable Network network,
    int clients,
    @Nullable Double outageSeconds,
    double waitedSeconds,
    Percentiles connectMicros,
    @Nullable Percentiles recoverMicros,
    long missing,
    long disconnects) {

  public Outage {
    requireNonNull(transport, "transport");
    requireNonNull(connectMicros, "connectMicros");
  }

  /// The name of its file, without the extension.
  public String id() {
    return transport.id() + "-" + (network == null ? Network.LOOPBACK : network).name();
  }
}
