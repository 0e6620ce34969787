package pushlab.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import pushlab.server.admin.UpdateToken;
import pushlab.server.http.Hosts;
import pushlab.server.http.Origins;
import pushlab.server.net.FileLimit;
import pushlab.server.net.line.Bounds;
import pushlab.server.state.StateStore;
import pushlab.server.store.Stores;
import pushlab.server.transport.Wire;

/// What the server can be told, on its command line or by environment variables.
@Command(
    name = "./lab serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Starts the server, prints the page's address and serves until it is stopped.",
      "With --nodes N, several servers over one state: ./lab serve --nodes N --help says how."
    },
    footer = {
      "",
      "Each option can also be given as the environment variable in brackets; the command line wins.",
      "A time is a number and its unit: 500ms, 25s, 1m."
    })
public final class ServerOptions {

  /// Proxies cut a WebSocket on which nothing came in for a minute or more: the answer to the
  /// heartbeat is what comes in.
  private static final Duration LONGEST_HEARTBEAT = Duration.ofSeconds(60);

  final FileLimit files = FileLimit.ofThisProcess();

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      converter = Host.class,
      description =
          "The address to listen on; 0.0.0.0 for all (default: ${DEFAULT-VALUE}) [PUSHLAB_HOST]")
  String host = "";

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "The port; 0 for any free one (default: ${DEFAULT-VALUE}) [PUSHLAB_PORT]")
  int port;

  @Option(
      names = "--hold",
      defaultValue = "25s",
      converter = Seconds.class,
      description =
          "How long a long poll is held, up to 30s (default: ${DEFAULT-VALUE}) [PUSHLAB_HOLD]")
  Duration hold = Duration.ZERO;

  @Option(
      names = "--heartbeat",
      defaultValue = "15s",
      converter = Seconds.class,
      description =
          "The longest silence on an event stream, and how often a WebSocket is pinged, up to 60s"
              + " (default: ${DEFAULT-VALUE}) [PUSHLAB_HEARTBEAT]")
  Duration heartbeat = Duration.ZERO;

  @Option(
      names = "--store",
      defaultValue = "memory",
      description =
          "Where versions survive: memory, as long as the server lives; jdbc:sqlite:PATH, in that"
              + " file; or jdbc:postgresql://HOST/DATABASE?user=USER, which several"
              + " servers may share (default: ${DEFAULT-VALUE}) [PUSHLAB_STORE]")
  String store = "";

  @Option(
      names = "--store-password-file",
      paramLabel = "FILE",
      description =
          "Where the password of PostgreSQL is; it may also be the environment variable"
              + " PUSHLAB_STORE_PASSWORD [PUSHLAB_STORE_PASSWORD_FILE]")
  @Nullable Path storePasswordFile;

  @Option(
      names = "--max-tasks",
      defaultValue = "1000",
      description = "How many tasks there may be (default: ${DEFAULT-VALUE}) [PUSHLAB_MAX_TASKS]")
  int maxTasks;

  @Option(
      names = "--max-readers",
      defaultValue = "100000",
      description =
          "How many readers may wait at once: held requests, streams and sockets (default:"
              + " ${DEFAULT-VALUE}) [PUSHLAB_MAX_READERS]")
  int maxReaders;

  @Option(
      names = "--max-connections",
      description =
          "How many connections are served at once, up to what the process may open, less 512; a few"
              + " more are refused by 503, and others wait to be accepted (default: as many as that)"
              + " [PUSHLAB_MAX_CONNECTIONS]")
  int maxConnections = files.connections();

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
          "How long a request or a WebSocket frame may take to arrive whole (default:"
              + " ${DEFAULT-VALUE}) [PUSHLAB_REQUEST_TIMEOUT]")
  Duration requestTimeout = Duration.ZERO;

  @Option(
      names = "--write-timeout",
      defaultValue = "30s",
      converter = Seconds.class,
      description =
          "How long a client may take nothing of what it is sent (default: ${DEFAULT-VALUE})"
              + " [PUSHLAB_WRITE_TIMEOUT]")
  Duration writeTimeout = Duration.ZERO;

  @Option(
      names = "--idle-timeout",
      defaultValue = "5m",
      converter = Seconds.class,
      description =
          "How long a connection may stay on which nothing comes in, more than two heartbeats"
              + " (default: ${DEFAULT-VALUE}) [PUSHLAB_IDLE_TIMEOUT]")
  Duration idle = Duration.ZERO;

  @Option(
      names = "--update-token",
      paramLabel = "TOKEN",
      description =
          "An update must carry this bearer token; other users of this machine may see it on a"
              + " command line (default: anyone may update) [PUSHLAB_UPDATE_TOKEN]")
  @Nullable String updateToken;

  @Option(
      names = "--update-token-file",
      paramLabel = "FILE",
      description = "The same, with the token in a file [PUSHLAB_UPDATE_TOKEN_FILE]")
  @Nullable Path updateTokenFile;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      split = ",",
      description =
          "Names under which updates and WebSockets are taken, as behind a proxy, beside localhost,"
              + " this machine's name and addresses (default: none where it listens on loopback, any"
              + " elsewhere) [PUSHLAB_ALLOW_HOST]")
  List<String> allowHosts = List.of();

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      split = ",",
      description =
          "Sites whose pages may also read, update and open WebSockets, such as https://example.org"
              + " (default: none but this server's own) [PUSHLAB_ALLOW_ORIGIN]")
  List<String> allowOrigins = List.of();

  @Mixin final TlsOptions tls = new TlsOptions();

  @Mixin final LogOptions log = new LogOptions();

  /// The options that `args` give.
  ///
  /// @throws CommandLine.ParameterException if they do not fit; the message says which and why
  public static ServerOptions parse(String... args) {
    var options = new ServerOptions();
    CommandLine command = options.commandLine(System.getenv());
    command.parseArgs(args);
    options.check(command);
    return options;
  }

  /// What reads a command line into these options; `environment` gives what that does not.
  CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(this).setDefaultValueProvider(new FromEnvironment(environment));
  }

  /// The environment variable that also gives `option`.
  static String variable(OptionSpec option) {
    return "PUSHLAB_"
        + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  void check(CommandLine command) {
    require(command, port >= 0 && port <= 65_535, "--port", "from 0 to 65535");
    require(
        command,
        hold.isPositive() && hold.compareTo(Wire.LONGEST_WAIT) <= 0,
        "--hold",
        "more than 0s and up to %ds".formatted(Wire.LONGEST_WAIT.toSeconds()));
    require(
        command,
        heartbeat.isPositive() && heartbeat.compareTo(LONGEST_HEARTBEAT) <= 0,
        "--heartbeat",
        "more than 0s and up to %ds".formatted(LONGEST_HEARTBEAT.toSeconds()));
    require(
        command,
        !Stores.havePassword(store),
        "--store",
        "without a password, which others could read there: put it into a file"
            + " (--store-password-file) or into the environment variable PUSHLAB_STORE_PASSWORD");
    require(command, Stores.areNamed(store), "--store", Stores.NAMES);
    require(command, maxTasks >= 1, "--max-tasks", "at least 1");
    require(command, maxReaders >= 1, "--max-readers", "at least 1");
    require(command, maxConnections >= 1, "--max-connections", "at least 1");
    require(command, maxBody >= 1, "--max-body", "at least 1");
    require(command, maxHeader >= 256, "--max-header", "at least 256");
    require(command, maxFrame >= 125, "--max-frame", "at least 125, as a control frame may be");
    require(command, isSecond(requestTimeout), "--request-timeout", "from 1s to 1h");
    require(command, isSecond(writeTimeout), "--write-timeout", "from 1s to 1h");
    require(
        command,
        isSecond(idle) && idle.compareTo(heartbeat.multipliedBy(2)) > 0,
        "--idle-timeout",
        "from 1s to 1h, and more than two heartbeats (--heartbeat)");
    require(
        command,
        updateToken == null || updateTokenFile == null,
        "--update-token",
        "left out where --update-token-file is given");
    require(
        command,
        updateToken == null || UpdateToken.isToken(updateToken),
        "--update-token",
        UpdateToken.FORM);
    require(
        command,
        allowHosts.stream().allMatch(Hosts::isName),
        "--allow-host",
        "a name without scheme and port, such as lab.example.org");
    require(
        command,
        allowOrigins.stream().allMatch(Origins::isOrigin),
        "--allow-origin",
        "an origin as browsers write it, such as https://example.org");
    tls.check(command);
    log.check(command);
  }

  /// What one connection may take, and how many there may be.
  Bounds bounds() {
    return new Bounds(
        Math.min(maxConnections, files.connections()),
        files.refusals(),
        maxHeader,
        maxFrame,
        requestTimeout,
        writeTimeout,
        idle);
  }

  /// Opens the store, and creates it if there is none.
  ///
  /// @throws StoreException if it cannot be opened
  /// @throws IllegalStateException if the password's file cannot be read
  StateStore openStore() {
    return Stores.open(store, storePassword());
  }

  /// Not an option, which other users of this machine may see on a command line.
  private @Nullable String storePassword() {
    if (storePasswordFile == null) {
      return System.getenv("PUSHLAB_STORE_PASSWORD");
    }
    try {
      return Files.readString(storePasswordFile).strip();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the store's password: " + e, e);
    }
  }

  /// The token that an update needs.
  ///
  /// @throws IllegalStateException if its file has none; the message says why
  UpdateToken updateToken() {
    if (updateTokenFile != null) {
      return UpdateToken.of(tokenIn(updateTokenFile));
    }
    return updateToken == null ? UpdateToken.none() : UpdateToken.of(updateToken);
  }

  private static String tokenIn(Path file) {
    String token;
    try {
      token = Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the update token: " + e, e);
    }
    if (!UpdateToken.isToken(token)) {
      throw new IllegalStateException(
          "there is no update token in %s: it must be %s".formatted(file, UpdateToken.FORM));
    }
    return token;
  }

  static void require(CommandLine command, boolean holds, String option, String range) {
    if (!holds) {
      throw new CommandLine.ParameterException(command, option + " must be " + range);
    }
  }

  private static boolean isSecond(Duration time) {
    return time.toSeconds() >= 1 && time.toHours() <= 1;
  }

  private record FromEnvironment(Map<String, String> environment) implements IDefaultValueProvider {
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
      return argument instanceof OptionSpec option ? environment.get(variable(option)) : null;
    }
  }

  /// An IPv6 address may stand in brackets, as in a URL.
  static final class Host implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      String host = text.matches("\\[.*:.*]") ? text.substring(1, text.length() - 1) : text;
      boolean hasPort = host.matches("[^:]*:[^:]*");
      if (host.isBlank() || hasPort || host.matches(".*[/\\[\\]].*")) {
        throw new CommandLine.TypeConversionException(
            "'%s' is no name or address alone, such as 0.0.0.0 or ::1".formatted(text));
      }
      return host;
    }
  }

  static final class Seconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return text.endsWith("ms")
            ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
            : Duration.parse("PT" + text);
      } catch (NumberFormatException | DateTimeParseException _) {
        throw new CommandLine.TypeConversionException(
            "'%s' is no time; a time is a number and its unit, such as 500ms, 25s or 1m"
                .formatted(text));
      }
    }
  }
}
