package pushlab.bench.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The CPU-time clock that POSIX has for every process (clock_getcpuclockid(3)), in nanoseconds.
/// /proc reports CPU time in ticks of 10 ms, and a cell with few deliveries uses one or two. Some
/// systems lack this clock: macOS has none for another process. Thread-safe.
final class ProcessClock {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final @Nullable MethodHandle CLOCK_OF =
      find("clock_getcpuclockid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final @Nullable MethodHandle TIME_OF =
      find("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

  private ProcessClock() {}

  /// The CPU time of process `pid` so far, user and system together. Empty if there is no such
  /// clock, or if the process has ended.
  static Optional<Duration> cpuTime(long pid) {
    if (CLOCK_OF == null || TIME_OF == null) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment clock = arena.allocate(JAVA_INT);
      MemorySegment time = arena.allocate(MemoryLayout.sequenceLayout(2, JAVA_LONG));
      boolean told =
          (int) CLOCK_OF.invokeExact((int) pid, clock) == 0
              && (int) TIME_OF.invokeExact(clock.get(JAVA_INT, 0), time) == 0;
      return told
          ? Optional.of(
              Duration.ofSeconds(time.getAtIndex(JAVA_LONG, 0), time.getAtIndex(JAVA_LONG, 1)))
          : Optional.empty();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  // Both signatures are those of POSIX, so the calls are safe.
  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle find(String name, FunctionDescriptor signature) {
    return LINKER
        .defaultLookup()
        .find(name)
        .map(function -> LINKER.downcallHandle(function, signature))
        .orElse(null);
  }
}
