package pushlab.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;
import oshi.software.os.OSThread;
import oshi.software.os.OperatingSystem;

/// What a process of this machine has used, according to the operating system. Thread-safe.
public record Accounting(ProcessHandle process) {

  private static final OperatingSystem SYSTEM = new SystemInfo().getOperatingSystem();
  private static final Pattern SLAB = Pattern.compile("(?m)^Slab:\\s+(\\d+) kB$");
  private static final Pattern TCP_PAGES = Pattern.compile("(?m)^TCP: .* mem (\\d+)$");
  private static final Pattern COMPILER = Pattern.compile("C[12] Compiler");
  private static final Pattern FIRST = Pattern.compile("^(\\d+) ");
  private static final Pattern PROPORTIONAL = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB$");
  private static final int PAGE_KIB = 4;

  /// The unit in which Linux reports CPU time, on every processor (`USER_HZ`).
  private static final Duration TICK = Duration.ofMillis(10);

  /// The place of `cutime` among the fields after the program's name.
  private static final int REAPED_USER = 13;

  /// CPU time of a process.
  ///
  /// @param all user and system time together
  /// @param user time in the process's own code
  /// @param system time in the kernel
  /// @param compilers the part of `all` that a JVM's just-in-time compilers used. Zero if no thread
  ///     has a compiler's name; only Linux reports those names.
  public record CpuTime(Duration all, Duration user, Duration system, Duration compilers) {

    static final CpuTime ZERO =
        new CpuTime(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /// What was used since `before`. The sum is exact. User and system time share it in the ratio
    /// of the ticks that the system reports; before the first tick, in the ratio of all time so
    /// far.
    public CpuTime since(CpuTime before) {
      Duration used = all.minus(before.all);
      double ownShare =
          share(user.minus(before.user), system.minus(before.system))
              .orElseGet(() -> share(user, system).orElse(1));
      Duration own = Duration.ofNanos(Math.round(ownShare * used.toNanos()));
      return new CpuTime(used, own, used.minus(own), compilers.minus(before.compilers));
    }

    private static OptionalDouble share(Duration user, Duration system) {
      double both = user.plus(system).toNanos();
      return both == 0 ? OptionalDouble.empty() : OptionalDouble.of(user.toNanos() / both);
    }

    CpuTime minus(CpuTime other) {
      return new CpuTime(
          all.minus(other.all),
          user.minus(other.user),
          system.minus(other.system),
          compilers.minus(other.compilers));
    }

    /// The same, with zero in place of negative times.
    CpuTime orNothing() {
      Duration ownAtLeast = atLeastZero(user);
      Duration kernelAtLeast = atLeastZero(system);
      return new CpuTime(
          ownAtLeast.plus(kernelAtLeast), ownAtLeast, kernelAtLeast, atLeastZero(compilers));
    }

    private static Duration atLeastZero(Duration time) {
      return time.isNegative() ? Duration.ZERO : time;
    }

    /// The CPU time without that of the just-in-time compilers, which a server that has run for
    /// long does not need any more.
    public Duration withoutCompilers() {
      return all.minus(compilers);
    }

    /// The sum of both.
    public CpuTime plus(CpuTime other) {
      return new CpuTime(
          all.plus(other.all),
          user.plus(other.user),
          system.plus(other.system),
          compilers.plus(other.compilers));
    }
  }

  /// The CPU time so far; empty if the process has ended. Without a finer clock, the sum has the
  /// resolution of the system's ticks, which is 10 ms on Linux.
  public Optional<CpuTime> cpuTime() {
    return seen().map(this::cpuTime);
  }

  private CpuTime cpuTime(OSProcess seen) {
    Duration user = Duration.ofMillis(seen.getUserTime());
    Duration system = Duration.ofMillis(seen.getKernelTime());
    Duration all = ProcessClock.cpuTime(process.pid()).orElse(user.plus(system));
    return new CpuTime(all, user, system, compilers(seen));
  }

  /// The CPU time of descendants that have ended and that their parent has waited for (proc(5),
  /// `cutime` and `cstime`). Empty except on Linux.
  Optional<CpuTime> cpuTimeOfReaped() {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      // The program's name is in parentheses and may contain any character.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      Duration user = TICK.multipliedBy(Long.parseLong(fields[REAPED_USER]));
      Duration system = TICK.multipliedBy(Long.parseLong(fields[REAPED_USER + 1]));
      return Optional.of(new CpuTime(user.plus(system), user, system, Duration.ZERO));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Duration compilers(OSProcess process) {
    return process.getThreadDetails().stream()
        .filter(thread -> COMPILER.matcher(thread.getName()).lookingAt())
        .map(Accounting::used)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /// The first number of schedstat is the time on a core in nanoseconds (Linux,
  /// Documentation/scheduler/sched-stats.rst). A kernel may be built without it.
  private static Duration used(OSThread thread) {
    OptionalLong nanos =
        number(
            FIRST,
            "/proc",
            Integer.toString(thread.getOwningProcessId()),
            "task",
            Integer.toString(thread.getThreadId()),
            "schedstat");
    return nanos.isPresent()
        ? Duration.ofNanos(nanos.getAsLong())
        : Duration.ofMillis(thread.getUserTime() + thread.getKernelTime());
  }

  /// The CPU time of this process so far.
  public static Duration ofThisProcess() {
    return ProcessClock.cpuTime(ProcessHandle.current().pid())
        .or(() -> ProcessHandle.current().info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /// Resident memory in KiB; empty if the process has ended.
  public OptionalLong residentKiB() {
    return seen().stream().mapToLong(it -> it.getResidentMemory() / 1024).findFirst();
  }

  /// Proportional memory in KiB: a page that n processes share counts 1/n for each. Where the
  /// system does not report it, this is the resident memory.
  OptionalLong proportionalKiB() {
    OptionalLong told = number(PROPORTIONAL, "/proc", Long.toString(process.pid()), "smaps_rollup");
    return told.isPresent() ? told : residentKiB();
  }

  private Optional<OSProcess> seen() {
    return Optional.ofNullable(SYSTEM.getProcess((int) process.pid()));
  }

  /// Memory in KiB that the kernel of this machine uses for its own objects and for the buffers of
  /// TCP sockets. Empty except on Linux.
  public static OptionalLong kernelKiB() {
    OptionalLong slab = number(SLAB, "/proc", "meminfo");
    OptionalLong pages = number(TCP_PAGES, "/proc", "net", "sockstat");
    return slab.isPresent() && pages.isPresent()
        ? OptionalLong.of(slab.getAsLong() + PAGE_KIB * pages.getAsLong())
        : OptionalLong.empty();
  }

  private static OptionalLong number(Pattern pattern, String first, String... more) {
    try {
      return number(pattern, Files.readString(Path.of(first, more)));
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong number(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
  }
}
