package pushlab.server.options;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import pushlab.server.net.AcceptRate;
import pushlab.server.net.FileLimit;
import pushlab.server.net.line.Bounds;

/// How much clients may use of the server.
public final class LimitOptions {

  private static final int MOST_ACCEPTS = 1_000_000;

  private final FileLimit files = FileLimit.ofThisProcess();

  @Option(
      names = "--max-tasks",
      defaultValue = "1000",
      description = "How many tasks there may be (default: ${DEFAULT-VALUE}) [PUSHLAB_MAX_TASKS]")
  int maxTasks;

  @Option(
      names = "--max-readers",
      defaultValue = "100000",
      description =
          "How many subscribers may wait at once: held requests, streams and sockets (default:"
              + " ${DEFAULT-VALUE}) [PUSHLAB_MAX_READERS]")
  int maxReaders;

  @Option(
      names = "--max-connections",
      description =
          "How many connections are served at once; at most the files that the process may open less"
              + " 512, which is the default. A few more are answered 503, and others wait to be"
              + " accepted [PUSHLAB_MAX_CONNECTIONS]")
  int maxConnections = files.connections();

  @Option(
      names = "--accepts-per-second",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "How many connections are accepted a second, up to 1000000; others wait in the system's"
              + " queue, up to 4096. 0 for no limit (default: ${DEFAULT-VALUE})"
              + " [PUSHLAB_ACCEPTS_PER_SECOND]")
  int acceptsPerSecond;

  @Option(
      names = "--max-body",
      defaultValue = "16384",
      description =
          "The largest request body, in bytes (default: ${DEFAULT-VALUE}) [PUSHLAB_MAX_BODY]")
  int maxBody;

  @Option(
      names = "--max-header",
      defaultValue = "16384",
      description =
          "The longest first line of a request, and the longest headers together, in bytes (default:"
              + " ${DEFAULT-VALUE}) [PUSHLAB_MAX_HEADER]")
  int maxHeader;

  @Option(
      names = "--max-frame",
      defaultValue = "16384",
      description =
          "The longest WebSocket message of a client, all its frames together, in bytes (default:"
              + " ${DEFAULT-VALUE}) [PUSHLAB_MAX_FRAME]")
  int maxFrame;

  @Option(
      names = "--request-timeout",
      defaultValue = "20s",
      converter = Seconds.class,
      description =
          "The time in which a request or a WebSocket frame must arrive (default:"
              + " ${DEFAULT-VALUE}) [PUSHLAB_REQUEST_TIMEOUT]")
  Duration requestTimeout = Duration.ZERO;

  @Option(
      names = "--write-timeout",
      defaultValue = "30s",
      converter = Seconds.class,
      description =
          "How long a write may wait for a client that takes nothing (default: ${DEFAULT-VALUE})"
              + " [PUSHLAB_WRITE_TIMEOUT]")
  Duration writeTimeout = Duration.ZERO;

  @Option(
      names = "--idle-timeout",
      defaultValue = "5m",
      converter = Seconds.class,
      description =
          "How long a connection may stay open while nothing arrives on it; more than two"
              + " heartbeats (default: ${DEFAULT-VALUE}) [PUSHLAB_IDLE_TIMEOUT]")
  Duration idle = Duration.ZERO;

  void check(CommandLine command, Duration heartbeat) {
    Range.require(command, maxTasks >= 1, "--max-tasks", "at least 1");
    Range.require(command, maxReaders >= 1, "--max-readers", "at least 1");
    Range.require(command, maxConnections >= 1, "--max-connections", "at least 1");
    Range.require(
        command,
        acceptsPerSecond >= 0 && acceptsPerSecond <= MOST_ACCEPTS,
        "--accepts-per-second",
        "from 0 to " + MOST_ACCEPTS);
    Range.require(command, maxBody >= 1, "--max-body", "at least 1");
    Range.require(command, maxHeader >= 256, "--max-header", "at least 256");
    Range.require(
        command, maxFrame >= 125, "--max-frame", "at least 125, as a control frame may be");
    Range.require(command, isSecond(requestTimeout), "--request-timeout", "from 1s to 1h");
    Range.require(command, isSecond(writeTimeout), "--write-timeout", "from 1s to 1h");
    Range.require(
        command,
        isSecond(idle) && idle.compareTo(heartbeat.multipliedBy(2)) > 0,
        "--idle-timeout",
        "from 1s to 1h, and more than two heartbeats (--heartbeat)");
  }

  private static boolean isSecond(Duration time) {
    return time.toSeconds() >= 1 && time.toHours() <= 1;
  }

  /// How many tasks there may be.
  public int tasks() {
    return maxTasks;
  }

  /// How many subscribers may wait at once.
  public int subscribers() {
    return maxReaders;
  }

  /// How fast connections are accepted.
  public AcceptRate accepts() {
    return new AcceptRate(acceptsPerSecond);
  }

  /// The maximum length of a request's body, in bytes.
  public int bodyBytes() {
    return maxBody;
  }

  /// A warning if the process may open fewer files than the connections need.
  public Optional<String> warning() {
    return files.isTightFor(maxConnections) ? Optional.of(files.said()) : Optional.empty();
  }

  /// How much one connection may use, and how many there may be.
  public Bounds bounds() {
    return new Bounds(
        Math.min(maxConnections, files.connections()),
        files.refusals(),
        maxHeader,
        maxFrame,
        requestTimeout,
        writeTimeout,
        idle);
  }
}
