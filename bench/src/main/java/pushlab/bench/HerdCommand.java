package pushlab.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import pushlab.bench.herd.Case;
import pushlab.bench.herd.HerdTrials;
import pushlab.bench.host.Home;
import pushlab.bench.host.OpenFiles;
import pushlab.bench.network.Namespaces;
import pushlab.bench.network.Shapers;
import pushlab.bench.run.Audience;
import pushlab.bench.run.Progress;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;
import pushlab.report.result.Network;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.herd.HerdEvent;
import pushlab.report.result.herd.HerdTrial;
import pushlab.report.text.Phrase;

/// `./lab herd`: measures how all clients come back to a server at once.
@Command(
    name = "herd",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Connects many clients, lets something happen to all of them at once, and measures how long the"
          + " last one takes to come back and be up to date, and what that does to the server.",
      "It takes about four minutes, or with --quick one. Each trial has a server of its own, in"
          + " another process."
    },
    footer = {
      "",
      "./lab herd --events kill --windows 0,1s,2s,5s,10s   which window after a crash",
      "./lab herd --clients 5000 --accepts-per-second 500  a server that takes 500 a second",
      "./lab herd --events cut --network 4g --windows 1s   a phone that loses its network for 10 s",
      "./lab herd --transports sse --windows 5s,said       what the server's retry: does",
      "",
      "Exits with 0 if everything was measured, with 1 if something was not, and with 2 if the"
          + " options are wrong."
    })
final class HerdCommand implements Callable<Integer> {

  /// From this share on the clients themselves are taken for the limit.
  private static final double TOO_BUSY = 0.9;

  @Mixin private final HerdOptions options = new HerdOptions();

  @Mixin private final OutcomeOptions outcome = new OutcomeOptions();

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private LanguageOption spoken;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Case> cases = options.cases();
    List<Network> networks =
        cases.stream().map(Case::network).filter(Objects::nonNull).distinct().toList();
    if (Namespaces.isNeeded(networks)) {
      return Namespaces.runInside();
    }
    requireWhatCutsThem(cases);
    NetworkOption.tryOut(networks, spoken.language());
    OpenFiles.ofThisProcess()
        .requireFor(cases.stream().mapToInt(Case::clients).max().orElseThrow());
    Home home = Home.find();
    ResultsFolder folder = outcome.folder(home, "herd");
    var trials = new HerdTrials(home, folder.path().resolve("server.log"));
    boolean whole;
    try (var interruption = new Interruption()) {
      whole = measure(cases, trials, folder);
      interruption.stopInterrupting();
      outcome.write(folder, folder.herds(new ArrayList<>()), spoken);
    }
    return whole ? 0 : 1;
  }

  /// A relay of streams cannot cut a network.
  private static void requireWhatCutsThem(List<Case> cases) throws IOException {
    Optional<Phrase> missing = Shapers.missing();
    if (missing.isPresent() && cases.stream().anyMatch(it -> it.event() == HerdEvent.CUT)) {
      throw new SaidException(Texts.of("herd.no-cut", missing.get()));
    }
  }

  /// Measures until everything is measured or the thread is interrupted. Returns whether nothing is
  /// missing.
  private boolean measure(List<Case> cases, HerdTrials trials, ResultsFolder folder) {
    boolean whole = true;
    double seconds = cases.stream().mapToDouble(Case::expectedSeconds).sum();
    var audience = new Audience(spoken.screen(), LanguageOption.isTerminal());
    try (Progress progress = Progress.of(audience, seconds)) {
      for (Case each : cases) {
        progress.step(name(each), each.expectedSeconds());
        try {
          HerdTrial trial = trials.measure(each);
          folder.write(trial);
          say(progress, each, trial);
        } catch (IOException e) {
          whole = false;
          progress.say(OutcomeOptions.error(e));
        }
        progress.done();
      }
    } catch (InterruptedException _) {
      return false;
    }
    return whole;
  }

  private static void say(Progress progress, Case what, HerdTrial trial) {
    String key = trial.notBack() == 0 ? "herd.known" : "herd.not-back";
    progress.say(
        Texts.of(
            key,
            name(what),
            trial.notBack() == 0 ? seconds(trial.backMicros().max()) : trial.notBack(),
            trial.notBack() == 0
                ? seconds(trial.backMicros().p50())
                : Texts.number(trial.waitedSeconds(), 0),
            trial.mostAttempts(),
            trial.mostRequests(),
            trial.refused()));
    if (trial.instrumentShare() >= TOO_BUSY) {
      progress.say(Texts.of("herd.instrument", Math.round(100 * trial.instrumentShare())));
    }
  }

  private static Phrase name(Case what) {
    return Texts.of(
        "herd.step",
        Texts.of("herd.event." + what.event().id()),
        Phrase.of("transport." + what.transport().id()),
        what.clients(),
        settings(what));
  }

  private static Phrase settings(Case what) {
    var parts = new ArrayList<Phrase>();
    if (what.event().endsConnections()) {
      parts.add(
          what.obeys()
              ? Texts.of("herd.said")
              : Texts.of("herd.window", seconds(what.window().toNanos() / 1000)));
    }
    if (what.endsHolds()) {
      parts.add(Texts.of("herd.spread", Texts.number(100 * what.holdSpread(), 1)));
    }
    if (what.network() != null) {
      parts.add(Texts.of("herd.network", what.network().name()));
    }
    if (what.accepts() != null) {
      parts.add(Texts.of("herd.accepts", what.accepts()));
    }
    return language -> String.join("", parts.stream().map(part -> part.in(language)).toList());
  }

  private static Phrase seconds(long micros) {
    return Texts.number(micros / 1e6, 1);
  }
}
