package pushlab.bench.host;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/// How many files a process of ours may open, of which each connection takes one. A JVM raises its
/// soft limit to the hard one by itself.
///
/// @param most at least 1
public record OpenFiles(long most) {

  /// Libraries, logs and what else is open beside connections.
  private static final int OTHERS = 300;

  /// What this process and those that it starts may open.
  public static OpenFiles ofThisProcess() {
    return new OpenFiles(
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : Long.MAX_VALUE);
  }

  /// Returns if `clients` can be connected at once.
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
