package pushlab.server.options;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import pushlab.server.ops.AccessLog;

/// What the server logs.
public final class LogOptions {

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
    Range.require(command, access == null || !access.isBlank(), "--access-log", "a file, or -");
    Range.require(command, format.matches("text|json"), "--log-format", "text or json");
  }

  public boolean isJson() {
    return format.equals("json");
  }

  /// The log of requests, if there is one.
  ///
  /// @throws IllegalStateException if it cannot be written; the message says why
  public Optional<AccessLog> access() {
    return Optional.ofNullable(access).map(AccessLog::new);
  }
}
