package pushlab.report.result;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the shaped network was and did during one repeat. A value is null where the shaper cannot
/// know it: a relay sees no packets.
///
/// @param shaper what shaped it
/// @param roundTripMillis the median that the lab measured before the repeat
/// @param loss the share of packets that was lost, each way, when the lab counted it before the
///     repeat
/// @param lossPackets how many packets, of both ways together, it counted for that
/// @param packetsOut packets from the server to the clients, TCP's own included, as the kernel
///     counts them
/// @param packetsIn packets from the clients to the server
/// @param bytesOut bytes from the server to the clients, the headers of Ethernet, IP and TCP
///     included
/// @param bytesIn bytes from the clients to the server
/// @param retransmittedOut segments that the server sent again
/// @param retransmittedIn segments that the clients sent again
/// @param shaperCpuMicros CPU time of the shaper's own processes; 0 if the kernel shapes
/// @param shaperShare how much of its time the busiest process of the shaper was busy, from 0 to 1
public record NetworkUse(
    Shaper shaper,
    @Nullable Double roundTripMillis,
    @Nullable Double loss,
    @Nullable Long lossPackets,
    @Nullable Long packetsOut,
    @Nullable Long packetsIn,
    @Nullable Long bytesOut,
    @Nullable Long bytesIn,
    @Nullable Long retransmittedOut,
    @Nullable Long retransmittedIn,
    @Nullable Long shaperCpuMicros,
    @Nullable Double shaperShare) {

  public NetworkUse {
    requireNonNull(shaper, "shaper");
  }

  /// What delays and loses packets.
  public enum Shaper {
    /// The kernel's `netem`, between two network namespaces.
    NETEM,
    /// `wirefilter` of vde2, between two network namespaces.
    WIREFILTER,
    /// A relay in the lab that delays and limits byte streams. It loses nothing.
    RELAY;

    /// Its name in JSON.
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
