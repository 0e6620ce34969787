package pushlab.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import pushlab.bench.host.Home;
import pushlab.bench.host.MachineInfo;
import pushlab.bench.host.OpenFiles;
import pushlab.bench.host.Reason;
import pushlab.bench.net.ServerAddress;
import pushlab.bench.road.GivenProxy;
import pushlab.bench.road.ProxyMeasurements;
import pushlab.bench.road.Waits;
import pushlab.bench.road.proxy.Form;
import pushlab.bench.road.proxy.Proxies;
import pushlab.bench.road.proxy.ProxyKind;
import pushlab.bench.run.Audience;
import pushlab.bench.run.Progress;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.road.ProxyResult;
import pushlab.report.text.Phrase;

/// `./lab proxies`: measures what proxies do to the transports.
@Command(
    name = "proxies",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Measures what stands between clients and servers: starts each proxy that is installed, as its"
          + " manual's smallest reverse proxy and again with our remedies, and tells what each"
          + " does to the transports.",
      "It takes at most three minutes, or with --quick half a minute. Proxies run on this machine's"
          + " loopback address, on free ports, and end with the command."
    },
    footer = {
      "",
      "./lab proxies --only nginx,haproxy         two of them",
      "./lab proxies --json - > proxies.json      for a program",
      "./lab proxies --behind https://example.org one that already runs",
      "",
      "Exits with 0 if every proxy was measured, with 1 if one was not, and with 2 if the options are"
          + " wrong."
    })
final class ProxiesCommand implements Callable<Integer> {

  private static final double WHOLE_SECONDS = 140;
  private static final double QUICK_SECONDS = 35;
  private static final double BEHIND_SECONDS = 55;
  private static final int CONNECTIONS = 2_000;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "Measure these proxies only, for example nginx,haproxy.")
  private List<String> only = List.of();

  @Option(
      names = "--behind",
      paramLabel = "URL",
      description =
          "Measure the proxy that already runs at this address, in front of a server of the contract,"
              + " as far as a client can. It takes a minute and changes the server's status, of a"
              + " task of its own if the server has tasks.")
  private @Nullable String behind;

  @Option(
      names = "--quick",
      description =
          "Take half a minute: polls are held, and streams silent, for 13 s instead of 70 s, so no"
              + " longer limit is found.")
  private boolean quick;

  @Mixin private final OutcomeOptions outcome = new OutcomeOptions();

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private LanguageOption spoken;

  private final Set<String> missing = Collections.synchronizedSet(new LinkedHashSet<>());

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (behind != null && !only.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--only cannot be combined with --behind: that measures the proxy at its address");
    }
    URI given = behind == null ? null : address(behind);
    List<ProxyKind> kinds = given == null ? kinds() : List.of();
    OpenFiles.ofThisProcess().requireFor(CONNECTIONS);
    ResultsFolder folder = outcome.folder(Home.find(), "proxies");
    try (var interruption = new Interruption()) {
      if (given == null) {
        measure(kinds, folder);
      } else {
        folder.write(measure(given));
      }
      interruption.stopInterrupting();
      outcome.write(folder, folder.proxies(new ArrayList<>()), spoken);
    } catch (InterruptedException _) {
      // What is known is in the folder, and ./lab report makes its page.
      return 1;
    }
    return missing.isEmpty() ? 0 : 1;
  }

  /// The address that was given; `http` if it has no scheme.
  private URI address(String text) {
    try {
      var _ = ServerAddress.parse(text);
      return URI.create(text.contains("://") ? text : "http://" + text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--behind: " + Reason.of(e), e);
    }
  }

  private ProxyResult measure(URI given) throws IOException, InterruptedException {
    System.err.println(Texts.of("proxies.behind", given).in(spoken.language()));
    try (Progress _ =
        Progress.ofOneStep(
            audience(),
            Phrase.verbatim(given.toString()),
            quick ? QUICK_SECONDS : BEHIND_SECONDS)) {
      return GivenProxy.measure(given, waits().hold(), MachineInfo.system());
    }
  }

  private Waits waits() {
    return quick ? Waits.QUICK : Waits.WHOLE;
  }

  private Audience audience() {
    return new Audience(spoken.screen(), LanguageOption.isTerminal());
  }

  private void measure(List<ProxyKind> kinds, ResultsFolder folder)
      throws IOException, InterruptedException {
    String names = String.join(", ", kinds.stream().map(ProxyKind::name).toList());
    try (Progress progress =
        Progress.ofOneStep(
            audience(), Phrase.verbatim(names), quick ? QUICK_SECONDS : WHOLE_SECONDS)) {
      var listener =
          new ProxyMeasurements.Listener() {
            @Override
            public void known(ProxyResult result) {
              try {
                folder.write(result);
                progress.say(Texts.of("proxies.known", result.name()));
              } catch (IOException e) {
                missing.add(result.id());
                progress.say(OutcomeOptions.error(e));
              }
            }

            @Override
            public void failed(ProxyKind kind, Form form, IOException why) {
              missing.add(kind.id());
              progress.say(OutcomeOptions.error(why));
            }
          };
      new ProxyMeasurements(waits(), MachineInfo.system(), listener).measure(kinds);
    }
  }

  /// What to measure: what is installed, of what was asked for.
  private List<ProxyKind> kinds() throws IOException {
    List<ProxyKind> installed = Proxies.installed();
    if (only.isEmpty()) {
      if (installed.isEmpty()) {
        throw new SaidException(Texts.of("proxies.none-installed", names(Proxies.all())));
      }
      return installed;
    }
    var kinds = new LinkedHashSet<ProxyKind>();
    for (String name : only) {
      Optional<ProxyKind> kind = Proxies.of(name);
      if (kind.isEmpty()) {
        skip(name, Texts.of("proxies.unknown", name, names(Proxies.all())));
      } else if (!installed.contains(kind.get())) {
        skip(name, Texts.of("proxies.not-installed", name));
      } else {
        kinds.add(kind.get());
      }
    }
    if (kinds.isEmpty()) {
      throw new SaidException(Texts.of("proxies.nothing-left"));
    }
    return List.copyOf(kinds);
  }

  private void skip(String name, Phrase why) {
    missing.add(name);
    System.err.println(Texts.of("error", why).in(spoken.language()));
  }

  private static String names(List<ProxyKind> kinds) {
    return String.join(", ", kinds.stream().map(ProxyKind::id).toList());
  }
}
