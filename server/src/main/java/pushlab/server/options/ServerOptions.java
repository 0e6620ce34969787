package pushlab.server.options;

import io.helidon.common.tls.Tls;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import pushlab.server.admin.UpdateToken;
import pushlab.server.http.Origins;
import pushlab.server.net.Delivery;
import pushlab.server.state.StateStore;
import pushlab.server.transport.HoldSpread;
import pushlab.server.transport.Wire;

/// The options of the server, from its command line or from environment variables.
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

  /// Proxies cut a WebSocket on which nothing has arrived for a minute or more. The answer to the
  /// heartbeat arrives in time.
  private static final Duration LONGEST_HEARTBEAT = Duration.ofSeconds(60);

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
      names = "--hold-spread",
      defaultValue = "0.0625",
      description =
          "Up to which share of the hold a long poll ends earlier, at random, from 0 to 1: so clients"
              + " that asked together do not ask again together (default: ${DEFAULT-VALUE}, a"
              + " sixteenth) [PUSHLAB_HOLD_SPREAD]")
  double holdSpread;

  @Option(
      names = "--delivery",
      paramLabel = "loop|threads",
      defaultValue = "loop",
      description =
          "How subscribers wait: as data that a few threads serve (loop), or each in a virtual thread"
              + " of its own (threads), as they always do over TLS (default: ${DEFAULT-VALUE})"
              + " [PUSHLAB_DELIVERY]")
  Delivery delivery = Delivery.LOOP;

  @Option(
      names = "--heartbeat",
      defaultValue = "15s",
      converter = Seconds.class,
      description =
          "The longest silence on an event stream, and how often a WebSocket is pinged, up to 60s"
              + " (default: ${DEFAULT-VALUE}) [PUSHLAB_HEARTBEAT]")
  Duration heartbeat = Duration.ZERO;

  @Mixin final StoreOptions store = new StoreOptions();

  @Mixin final LimitOptions limits = new LimitOptions();

  @Mixin final UpdateOptions updates = new UpdateOptions();

  @Mixin final TlsOptions tls = new TlsOptions();

  @Mixin final LogOptions log = new LogOptions();

  /// The options that `args` give.
  ///
  /// @throws CommandLine.ParameterException if they are wrong; the message says which and why
  public static ServerOptions parse(String... args) {
    var options = new ServerOptions();
    CommandLine command = options.commandLine(System.getenv());
    command.parseArgs(args);
    options.check(command);
    return options;
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  /// How long a long poll is held.
  public Duration hold() {
    return hold;
  }

  /// How much earlier a long poll may end.
  public HoldSpread holdSpread() {
    return new HoldSpread(holdSpread);
  }

  /// How subscribers wait.
  public Delivery delivery() {
    return delivery;
  }

  /// The longest silence on an event stream or a WebSocket.
  public Duration heartbeat() {
    return heartbeat;
  }

  /// Opens the store, and creates it if there is none.
  ///
  /// @throws StoreException if it cannot be opened
  /// @throws IllegalStateException if the password's file cannot be read
  public StateStore openStore() {
    return store.open();
  }

  /// How much clients may use of the server.
  public LimitOptions limits() {
    return limits;
  }

  /// The token that an update needs.
  ///
  /// @throws IllegalStateException if its file has none; the message says why
  public UpdateToken updateToken() {
    return updates.token();
  }

  /// The origins from which updates and WebSockets are accepted.
  public Origins origins() {
    return updates.origins(host);
  }

  /// TLS, or nothing for clear text.
  ///
  /// @throws IllegalStateException if key or certificate cannot be used; the message says why
  public Optional<Tls> tls() {
    return tls.on(host);
  }

  /// What the server logs.
  public LogOptions log() {
    return log;
  }

  /// The parser of a command line into these options. `environment` gives the options that the
  /// command line does not give.
  public CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(this)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setDefaultValueProvider(new FromEnvironment(environment));
  }

  /// The environment variable that also gives `option`.
  static String variable(OptionSpec option) {
    return "PUSHLAB_"
        + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /// Checks the values that `command` has parsed.
  ///
  /// @throws CommandLine.ParameterException if one is wrong; the message says which and why
  public void check(CommandLine command) {
    Range.require(command, port >= 0 && port <= 65_535, "--port", "from 0 to 65535");
    Range.require(
        command,
        hold.isPositive() && hold.compareTo(Wire.LONGEST_WAIT) <= 0,
        "--hold",
        "more than 0s and up to %ds".formatted(Wire.LONGEST_WAIT.toSeconds()));
    Range.require(command, holdSpread >= 0 && holdSpread <= 1, "--hold-spread", "from 0 to 1");
    Range.require(
        command,
        heartbeat.isPositive() && heartbeat.compareTo(LONGEST_HEARTBEAT) <= 0,
        "--heartbeat",
        "more than 0s and up to %ds".formatted(LONGEST_HEARTBEAT.toSeconds()));
    store.check(command);
    limits.check(command, heartbeat);
    updates.check(command);
    tls.check(command);
    log.check(command);
  }

  private record FromEnvironment(Map<String, String> environment) implements IDefaultValueProvider {
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
      return argument instanceof OptionSpec option ? environment.get(variable(option)) : null;
    }
  }
}
