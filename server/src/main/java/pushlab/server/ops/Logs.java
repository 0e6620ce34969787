package pushlab.server.ops;

import io.helidon.logging.common.LogConfig;
import io.helidon.logging.jul.HelidonJsonFormatter;
import java.util.logging.Handler;
import java.util.logging.Logger;

/// The server's log: configured by `logging.properties`, one line for each entry, to the standard
/// error.
public final class Logs {

  private Logs() {}

  /// Writes the log in JSON from now on, or else as text.
  public static void configure(boolean json) {
    LogConfig.configureRuntime();
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      if (handler.getFormatter() != null) {
        handler.setFormatter(json ? new HelidonJsonFormatter() : new LogLine());
      }
    }
  }
}
