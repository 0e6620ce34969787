package pushlab.bench.road;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import pushlab.bench.host.Reason;
import pushlab.bench.road.proxy.RunningProxy;
import pushlab.report.result.Said;
import pushlab.report.result.road.Passage;
import pushlab.report.result.road.Passage.AtOnce;
import pushlab.report.result.road.Passage.Death;
import pushlab.report.result.road.Passage.EqualPolls;
import pushlab.report.result.road.Passage.Hold;
import pushlab.report.result.road.Passage.Lateness;
import pushlab.report.result.road.Passage.Left;
import pushlab.report.result.road.Passage.Reload;
import pushlab.report.result.road.Passage.Silence;
import pushlab.report.result.road.Seen;
import pushlab.report.text.NotSeen;

/// All that is measured of one running proxy. What only waits runs side by side with what measures
/// times; then come the probes that make many requests, and at last those that may harm the proxy.
final class ProxyProbes {

  private final Road road;
  private final RunningProxy proxy;
  private final Gate gate;

  ProxyProbes(Road road, RunningProxy proxy, Gate gate) {
    this.road = road;
    this.proxy = proxy;
    this.gate = gate;
  }

  /// Measures all. What could not be measured is null with its reason.
  Passage measure() throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        return measure(threads);
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
    }
  }

  private Passage measure(ExecutorService threads) throws InterruptedException {
    Future<Seen<Hold>> hold = threads.submit(() -> seen(HoldProbe::measure));
    Future<Seen<Silence>> stream = threads.submit(() -> seen(SilenceProbe::ofStream));
    Future<Seen<Silence>> socket = threads.submit(() -> seen(SilenceProbe::ofSocket));
    Future<Seen<Left>> left = threads.submit(() -> seen(LeftProbe::measure));
    Seen<Integer> webSocket = seen(HandshakeProbe::measure);
    Seen<Integer> update = seen(UpdateProbe::measure);
    Seen<Lateness> events = seen(gate.timed(EventsProbe::measure));
    Seen<Lateness> compressed = seen(gate.timed(this::compressed));
    Seen<Hold> held = result(hold);
    Seen<Silence> silentStream = result(stream);
    Seen<Silence> silentSocket = result(socket);
    Seen<Left> gone = result(left);
    Seen<EqualPolls> equalPolls = seen(gate.burst(EqualPollsProbe::measure));
    Seen<AtOnce> polls = seen(gate.burst(PollsProbe::measure));
    Seen<AtOnce> ofOneConnection = seen(gate.burst(this::pollsOfOneConnection));
    Seen<Death> death = seen(DeathProbe::ofFirst);
    Seen<Death> deathOfReused = seen(DeathProbe::ofReused);
    Seen<Reload> reload = seen(its -> ReloadProbe.measure(its, proxy::reload));
    return new Passage(
        held,
        events,
        silentStream,
        silentSocket,
        webSocket,
        update,
        equalPolls,
        gone,
        death,
        deathOfReused,
        reload,
        polls,
        ofOneConnection,
        compressed);
  }

  private Seen<Lateness> compressed(Road its) throws IOException, InterruptedException {
    Optional<Said> why = proxy.kind().noCompression();
    if (why.isPresent()) {
      return Seen.not(why.get());
    }
    try (Connection client = its.client().openForGzip(proxy.compressed().orElseThrow())) {
      return EventsProbe.measure(its, client);
    }
  }

  private Seen<AtOnce> pollsOfOneConnection(Road its) throws IOException, InterruptedException {
    Optional<Said> why = proxy.kind().noHttp2();
    return why.isPresent()
        ? Seen.not(why.get())
        : PollsProbe.ofOneConnection(its, proxy.http2().orElseThrow());
  }

  private <T> Seen<T> seen(Probe<T> probe) throws InterruptedException {
    if (!proxy.isAlive()) {
      return Seen.not(ended());
    }
    try {
      return probe.of(road);
    } catch (NotSeenException e) {
      return Seen.not(proxy.isAlive() ? e.why() : ended());
    } catch (IOException e) {
      return Seen.not(proxy.isAlive() ? NotSeen.FAILED.say(Reason.of(e)) : ended());
    }
  }

  private Said ended() {
    return NotSeen.ENDED.say(lastWords(proxy));
  }

  /// The last line that a proxy said.
  static String lastWords(RunningProxy proxy) {
    return proxy.said().lines().reduce("", (_, last) -> last);
  }

  private static <T> T result(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw new IllegalStateException(e);
    }
  }
}
