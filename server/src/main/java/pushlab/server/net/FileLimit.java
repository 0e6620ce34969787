package pushlab.server.net;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How many files a process may open. Each connection is one.
///
/// @param files at least 1
/// @param open how many of them were open before the first connection
public record FileLimit(long files, long open) {

  private static final long UNLIMITED = 1_000_000;
  private static final long UNKNOWN = 10_000;

  /// What the store, the log and the page may open, at least.
  private static final long OTHERS = 40;

  private static final long PLENTY_FOR_OTHERS = 448;
  private static final long PLENTY_OF_REFUSALS = 64;

  /// With fewer connections than this, a class of students may reach the limit.
  private static final int PLENTY = 1_000;

  /// The limit of this process. Opens the files of the class path: the JVM would never load a class
  /// that is first needed while no file can be opened.
  public static FileLimit ofThisProcess() {
    ClassLoader.getSystemResource("none.such");
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? new FileLimit(
            Math.min(unix.getMaxFileDescriptorCount(), UNLIMITED),
            unix.getOpenFileDescriptorCount())
        : new FileLimit(UNKNOWN, 0);
  }

  /// How many connections can be served at once: the limit less everything else.
  public int connections() {
    long others = Math.max(open + OTHERS, Math.min(PLENTY_FOR_OTHERS, files / 8));
    return (int) Math.max(1, files - others - refusals());
  }

  /// How many more connections may be open, to be refused.
  public int refusals() {
    return (int) Math.max(1, Math.min(PLENTY_OF_REFUSALS, files / 16));
  }

  /// Whether there is less room than `wanted` connections need, or than a server should have.
  public boolean isTightFor(int wanted) {
    return wanted > connections() || connections() < PLENTY;
  }

  /// A message about the limit.
  public String said() {
    return "at most %d connections at once, since this process may open %d files (ulimit -n)"
        .formatted(connections(), files);
  }
}
