package pushlab.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import pushlab.server.ops.AccessLog;

/// What the server writes down.
final class LogOptions {

  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description =
          "Write a line of JSON for each request to the end of this file, or with - to the standard"
              + " output (default: none) [PUSHLAB_ACCESS_LOG]")
  @Nullable String access;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "How the server's own log looks on the standard error, a line an entry: text or json"
              + " (default: ${DEFAULT-VALUE}) [PUSHLAB_LOG_FORMAT]")
  String format = "";

  void check(CommandLine command) {
    ServerOptions.require(
        command, access == null || !access.isBlank(), "--access-log", "a file, or -");
    ServerOptions.require(command, format.matches("text|json"), "--log-format", "text or json");
  }

  boolean isJson() {
    return format.equals("json");
  }

  /// The log of requests, or nothing.
  ///
  /// @throws IllegalStateException if it cannot be written; the message says why
  Optional<AccessLog> access() {
    return Optional.ofNullable(access).map(AccessLog::new);
  }
}
