package pushlab.bench.network;

import org.jspecify.annotations.Nullable;

/// What the lab measured of a network, with packets or bytes of its own.
///
/// @param roundTripMillis the median; null if nothing came back
/// @param loss the share of packets that was lost, each way; null where nothing can be lost
/// @param packets how many packets of both directions that share is of; 0 where nothing can be
///     lost
public record Calibration(@Nullable Double roundTripMillis, @Nullable Double loss, long packets) {}
