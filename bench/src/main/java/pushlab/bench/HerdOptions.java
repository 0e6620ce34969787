package pushlab.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import pushlab.bench.herd.Case;
import pushlab.report.result.NamedNetworks;
import pushlab.report.result.Network;
import pushlab.report.result.Transport;
import pushlab.report.result.herd.HerdEvent;

/// Which trials `./lab herd` measures.
final class HerdOptions {

  private static final String SAID = "said";
  private static final int MOST_CLIENTS = 10_000;
  private static final int QUICK_CLIENTS = 300;
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(2);
  private static final Duration HOLD = Duration.ofSeconds(25);
  private static final Duration QUICK_HOLD = Duration.ofSeconds(5);
  private static final double SPREAD_OF_SERVERS = 0.0625;
  private static final int MOST_ACCEPTS = 1_000_000;

  /// How long clients wait before they come back.
  ///
  /// @param longest null for as long as the server says
  record Window(@Nullable Duration longest) {}

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--transports",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "long-polling,sse,websocket",
      description = "The transports (default: ${DEFAULT-VALUE}).")
  private List<Transport> transports = List.of();

  @Option(
      names = "--clients",
      split = ",",
      paramLabel = "N",
      description =
          "How many clients come back together, from 1 to "
              + MOST_CLIENTS
              + " (default: 1000, or with --quick "
              + QUICK_CLIENTS
              + ").")
  private List<Integer> clients = List.of();

  @Option(
      names = "--events",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "hold-end,kill",
      converter = EventConverter.class,
      description = {
        "What happens to all clients at once (default: ${DEFAULT-VALUE}):",
        "update: a new version",
        "hold-end: the holds of all long polls end",
        "restart: the server stops gracefully and starts again",
        "kill: the server is killed (kill -9) and starts again",
        "cut: nothing passes between server and clients for 10 s, over a network of --network, or"
            + " over lan if there is none"
      })
  private List<HerdEvent> events = List.of();

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private NetworkOption network;

  @Option(
      names = "--windows",
      split = ",",
      paramLabel = "TIME",
      converter = WindowConverter.class,
      description =
          "How long a client that lost its connection waits at most: it waits for a random time up to"
              + " this, and up to twice as long after each failure. With 'said', an event source"
              + " waits as long as the server says (default: 0,1s,5s,30s,said, or with --quick"
              + " 0,1s,5s).")
  private List<Window> windows = List.of();

  @Option(
      names = "--hold-spread",
      split = ",",
      paramLabel = "SHARE",
      defaultValue = "0,0.0625,0.5",
      description =
          "At the end of the hold: by which share of itself a hold may end earlier, from 0 to 1"
              + " (default: ${DEFAULT-VALUE}).")
  private List<Double> spreads = List.of();

  @Option(
      names = "--accepts-per-second",
      split = ",",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "How many connections the server accepts a second; 0 for no limit (default:"
              + " ${DEFAULT-VALUE}).")
  private List<Integer> accepts = List.of();

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often each is measured, from 1 to 100 (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--quick",
      description = "Take a minute: fewer clients, no window above 5 s, and holds of 5 s.")
  private boolean quick;

  /// The trials, in the order in which they are to be measured.
  ///
  /// @throws ParameterException if an option is wrong; the message says which and why
  List<Case> cases() {
    checkRanges();
    var cases = new ArrayList<Case>();
    for (int number = 1; number <= repeats; number++) {
      for (HerdEvent event : events) {
        for (Transport transport : transports) {
          add(cases, event, transport, number);
        }
      }
    }
    require(
        !cases.isEmpty(),
        "--events hold-end needs long-polling among --transports: no other transport has a hold");
    return cases;
  }

  private void add(List<Case> cases, HerdEvent event, Transport transport, int number) {
    boolean endsHolds = event == HerdEvent.HOLD_END;
    if (endsHolds && transport != Transport.LONG_POLLING) {
      return;
    }
    for (Network between : networks(event)) {
      for (int size : sizes()) {
        for (int accepted : accepts) {
          for (double spread : endsHolds ? spreads : List.of(SPREAD_OF_SERVERS)) {
            for (Window window : windows(event)) {
              boolean obeys = window.longest() == null;
              if (!obeys || transport == Transport.SERVER_SENT_EVENTS) {
                cases.add(
                    new Case(
                        transport,
                        event,
                        between.isLoopback() ? null : between,
                        size,
                        window.longest() == null ? Duration.ZERO : window.longest(),
                        obeys,
                        quick ? QUICK_HOLD : HOLD,
                        spread,
                        accepted == 0 ? null : accepted,
                        number));
              }
            }
          }
        }
      }
    }
  }

  /// What `event` is measured over. The loopback interface cannot be cut.
  private List<Network> networks(HerdEvent event) {
    List<Network> given = network.networks();
    if (event != HerdEvent.CUT) {
      return given.isEmpty() ? List.of(Network.LOOPBACK) : given;
    }
    return network.isGiven()
        ? given.stream().filter(each -> !each.isLoopback()).toList()
        : List.of(NamedNetworks.LAN);
  }

  private static Window windowless() {
    return new Window(Duration.ZERO);
  }

  private List<Integer> sizes() {
    return clients.isEmpty() ? List.of(quick ? QUICK_CLIENTS : 1000) : clients;
  }

  private List<Window> windows(HerdEvent event) {
    if (!event.endsConnections()) {
      return List.of(windowless());
    }
    if (!windows.isEmpty()) {
      return windows;
    }
    String usual = quick ? "0,1s,5s" : "0,1s,5s,30s,said";
    return Arrays.stream(usual.split(",", -1)).map(new WindowConverter()::convert).toList();
  }

  private void checkRanges() {
    require(
        clients.stream().allMatch(it -> it >= 1 && it <= MOST_CLIENTS),
        "--clients must be from 1 to " + MOST_CLIENTS);
    require(
        spreads.stream().allMatch(it -> it >= 0 && it <= 1), "--hold-spread must be from 0 to 1");
    require(
        accepts.stream().allMatch(it -> it >= 0 && it <= MOST_ACCEPTS),
        "--accepts-per-second must be from 0 to " + MOST_ACCEPTS);
    require(
        !events.contains(HerdEvent.CUT) || !networks(HerdEvent.CUT).isEmpty(),
        "--events cut needs a network that can be cut, for example --network lan: loopback cannot");
    require(repeats >= 1 && repeats <= 100, "--repeats must be from 1 to 100");
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  static final class EventConverter implements ITypeConverter<HerdEvent> {
    private static final List<HerdEvent> POSSIBLE = List.of(HerdEvent.values());

    @Override
    public HerdEvent convert(String id) {
      return POSSIBLE.stream()
          .filter(event -> event.id().equals(id))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "no event '%s'; there are %s"
                          .formatted(id, POSSIBLE.stream().map(HerdEvent::id).toList())));
    }
  }

  static final class WindowConverter implements ITypeConverter<Window> {
    @Override
    public Window convert(String text) {
      if (text.equals(SAID)) {
        return new Window(null);
      }
      Duration time = text.equals("0") ? Duration.ZERO : Lab.time(text);
      if (time.isNegative() || time.compareTo(LONGEST_WINDOW) > 0) {
        throw new TypeConversionException(
            "'%s' is not from 0 to %ds".formatted(text, LONGEST_WINDOW.toSeconds()));
      }
      return new Window(time);
    }
  }
}
