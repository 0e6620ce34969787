package pushlab.report.result;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/// The network between the server and its subscribers, as a plan asks for it: the same in both
/// directions.
///
/// @param name what a reader knows it by, for example `4g`; also a part of file names, so it has
///     only lowercase letters, digits, `.` and `-`
/// @param roundTripMillis without queues and without the time of either end
/// @param jitterMillis how far the delay of a packet may be from its mean, each way
/// @param loss the share of packets that are lost, each way, from 0 up to but not 1
/// @param megabitsPerSecond the rate each way; null for no limit
public record Network(
    String name,
    double roundTripMillis,
    double jitterMillis,
    double loss,
    @Nullable Double megabitsPerSecond) {

  /// No distance, no loss and no limit: both ends are in one network stack, and nothing is shaped.
  public static final Network LOOPBACK = new Network("loopback", 0, 0, 0, null);

  public Network {
    requireNonNull(name, "name");
  }

  /// Whether nothing is shaped.
  @JsonIgnore
  public boolean isLoopback() {
    return equals(LOOPBACK);
  }
}
