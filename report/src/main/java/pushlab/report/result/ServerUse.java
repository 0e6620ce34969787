package pushlab.report.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/// What the server used for one repeat of a cell. Null is what cannot be known of it: CPU time of a
/// process that is not on this machine, compilation, allocation and pauses of one that is no JVM,
/// kernel memory but on Linux.
///
/// @param userMicros CPU time of the process in its own code
/// @param systemMicros CPU time of the process in the kernel
/// @param compileMicros CPU time of its just-in-time compilers, within the others; zero for one
///     that has none
/// @param allocatedBytes what it allocated on its heap
/// @param pauses how often its garbage collector stopped it
/// @param pauseMicros for how long, in all
/// @param longestPauseMicros for how long at most
/// @param heapKiBPerConnection heap in use after a collection that each connected, waiting client
///     adds
/// @param kernelKiBPerConnection what each adds to the kernel's own objects and socket buffers, at
///     this end of the connection
/// @param residentKiB memory that the process held once all were connected
public record ServerUse(
    @Nullable Long userMicros,
    @Nullable Long systemMicros,
    @Nullable Long compileMicros,
    @Nullable Long allocatedBytes,
    @Nullable Long pauses,
    @Nullable Long pauseMicros,
    @Nullable Long longestPauseMicros,
    @Nullable Double heapKiBPerConnection,
    @Nullable Double kernelKiBPerConnection,
    @Nullable Long residentKiB) {

  /// User and system time, or null when they are not known.
  @JsonIgnore
  public @Nullable Long cpuMicros() {
    return userMicros == null || systemMicros == null ? null : userMicros + systemMicros;
  }

  /// The same but for what it compiled meanwhile, which a server that runs for long is done with.
  @JsonIgnore
  public @Nullable Long steadyMicros() {
    Long all = cpuMicros();
    return all == null ? null : Long.valueOf(withoutCompiling(all));
  }

  /// Of these, the user time: compilers hardly call the kernel.
  @JsonIgnore
  public @Nullable Long steadyUserMicros() {
    return userMicros == null ? null : Long.valueOf(withoutCompiling(userMicros));
  }

  private long withoutCompiling(long micros) {
    return compileMicros == null ? micros : Math.max(0, micros - compileMicros);
  }
}
