package pushlab.server.ops;

import io.helidon.logging.common.LogConfig;
import io.helidon.logging.jul.HelidonJsonFormatter;
import java.util.logging.Handler;
import java.util.logging.Logger;

/// How the server logs: by `logging.properties`, a line an entry, to the standard error.
public final class Logs {

  private Logs() {}

  /// Has what is logged from now on written in JSON, or else as text.
  public static void configure(boolean json) {
    LogConfig.configureRuntime();
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      if (handler.getFormatter() != null) {
        handler.setFormatter(json ? new HelidonJsonFormatter() : new LogLine());
      }
    }
  }
}
