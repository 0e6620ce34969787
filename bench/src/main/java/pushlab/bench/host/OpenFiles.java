package pushlab.bench.host;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/// How many files a process of ours may open. Each connection is one. A JVM raises its soft limit
/// to the hard limit by itself.
///
/// @param most at least 1
public record OpenFiles(long most) {

  /// The files that are open beside connections, such as libraries and logs.
  private static final int OTHERS = 300;

  /// The limit of this process, which its child processes inherit.
  public static OpenFiles ofThisProcess() {
    return new OpenFiles(
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : Long.MAX_VALUE);
  }

  /// Checks that `clients` can be connected at the same time.
  ///
  /// @throws IOException if they cannot; the message says what to do
  public void requireFor(int clients) throws IOException {
    if (clients + OTHERS > most) {
      throw new IOException(
          ("%d clients need %d open files, and a process may open %d here: raise the limit"
                  + " (ulimit -n), or measure fewer (--clients)")
              .formatted(clients, clients + OTHERS, most));
    }
  }
}
