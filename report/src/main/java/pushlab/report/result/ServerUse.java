package pushlab.report.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/// The resources that the server used for one repeat of a cell. Null means unknown: the CPU time
/// of a process on another machine; compilation, allocation and pauses of a process that is not a
/// JVM; kernel memory except on Linux.
///
/// @param userMicros CPU time of the process in user mode
/// @param systemMicros CPU time of the process in the kernel
/// @param compileMicros CPU time of its JIT compilers, which is part of the others; zero if it
///     has none
/// @param allocatedBytes allocation on its heap
/// @param pauses the number of pauses of its garbage collector
/// @param pauseMicros the sum of these pauses
/// @param longestPauseMicros the longest of these pauses
/// @param heapKiBPerConnection heap in use, after a collection, that each connected, waiting
///     client adds
/// @param kernelKiBPerConnection kernel objects and socket buffers that each client adds at the
///     server's end of the connection
/// @param residentKiB resident memory of the process when all clients were connected
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

  /// User and system time; null if they are unknown.
  @JsonIgnore
  public @Nullable Long cpuMicros() {
    return userMicros == null || systemMicros == null ? null : userMicros + systemMicros;
  }

  /// User and system time without the JIT compilers, which a long-running server no longer needs.
  @JsonIgnore
  public @Nullable Long steadyMicros() {
    Long all = cpuMicros();
    return all == null ? null : Long.valueOf(withoutCompiling(all));
  }

  /// The user time without the JIT compilers, which hardly call the kernel.
  @JsonIgnore
  public @Nullable Long steadyUserMicros() {
    return userMicros == null ? null : Long.valueOf(withoutCompiling(userMicros));
  }

  private long withoutCompiling(long micros) {
    return compileMicros == null ? micros : Math.max(0, micros - compileMicros);
  }
}
