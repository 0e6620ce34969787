package pushlab.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/// What a process of this machine has used, by the operating system's account of it. Thread-safe.
public record Accounting(ProcessHandle process) {

  private static final OperatingSystem SYSTEM = new SystemInfo().getOperatingSystem();
  private static final Pattern SLAB = Pattern.compile("(?m)^Slab:\\s+(\\d+) kB$");
  private static final Pattern TCP_PAGES = Pattern.compile("(?m)^TCP: .* mem (\\d+)$");
  private static final Pattern COMPILER = Pattern.compile("C[12] Compiler");
  private static final int PAGE_KIB = 4;

  /// CPU time of a process.
  ///
  /// @param user in its own code
  /// @param system in the kernel
  /// @param compilers of both, that of a JVM's just-in-time compilers; zero where no thread has
  ///     their name, as but on Linux
  public record CpuTime(Duration user, Duration system, Duration compilers) {

    /// User and system.
    public Duration all() {
      return user.plus(system);
    }

    /// What was used since `before`.
    public CpuTime since(CpuTime before) {
      return new CpuTime(
          user.minus(before.user), system.minus(before.system), compilers.minus(before.compilers));
    }
  }

  /// CPU time, on Linux in steps of 10 ms; empty once it has ended.
  public Optional<CpuTime> cpuTime() {
    return seen()
        .map(
            it ->
                new CpuTime(
                    Duration.ofMillis(it.getUserTime()),
                    Duration.ofMillis(it.getKernelTime()),
                    compilers(it)));
  }

  private static Duration compilers(OSProcess process) {
    return process.getThreadDetails().stream()
        .filter(thread -> COMPILER.matcher(thread.getName()).lookingAt())
        .map(thread -> Duration.ofMillis(thread.getUserTime() + thread.getKernelTime()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /// The CPU time of the process that asks.
  public static Duration ofThisProcess() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// KiB of memory that the process holds; empty once it has ended.
  public OptionalLong residentKiB() {
    return seen().stream().mapToLong(it -> it.getResidentMemory() / 1024).findFirst();
  }

  private Optional<OSProcess> seen() {
    return Optional.ofNullable(SYSTEM.getProcess((int) process.pid()));
  }

  /// KiB that the kernel of this machine uses for its own objects and for the buffers of TCP
  /// sockets; empty but on Linux.
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
