package pushlab.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a process of this machine has used, by the operating system's account of it. Thread-safe.
public record Accounting(ProcessHandle process) {

  private static final Pattern HEAP = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
  private static final Pattern SLAB = Pattern.compile("(?m)^Slab:\\s+(\\d+) kB$");
  private static final Pattern TCP_PAGES = Pattern.compile("(?m)^TCP: .* mem (\\d+)$");
  private static final int PAGE_KIB = 4;

  /// CPU time, user and system; on Linux in steps of 10 ms.
  public Optional<Duration> cpuTime() {
    return process.info().totalCpuDuration();
  }

  /// The CPU time of the process that asks.
  public static Duration ofThisProcess() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Bytes in use on the heap of a JVM, after a full collection; empty of other processes.
  ///
  /// @throws InterruptedException if the thread was interrupted meanwhile
  public OptionalLong liveHeapBytes() throws InterruptedException {
    try {
      // Into a file: the JVM stands still while it writes, and may be the one that would read.
      Path said = Files.createTempFile("heap-", ".txt");
      try {
        new ProcessBuilder(Home.java("jcmd"), Long.toString(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start()
            .waitFor();
        return number(HEAP, Files.readString(said));
      } finally {
        Files.delete(said);
      }
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  /// KiB of memory that the process holds; empty but on Linux.
  public OptionalLong residentKiB() {
    return number(RESIDENT, "/proc", Long.toString(process.pid()), "status");
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
