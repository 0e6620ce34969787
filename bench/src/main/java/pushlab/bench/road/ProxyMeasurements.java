package pushlab.bench.road;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import pushlab.bench.host.Reason;
import pushlab.bench.road.proxy.Form;
import pushlab.bench.road.proxy.ProxyKind;
import pushlab.bench.road.proxy.RunningProxy;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;
import pushlab.report.result.road.Passage;
import pushlab.report.result.road.ProxyResult;
import pushlab.report.text.NotSeen;

/// Measures kinds of proxy side by side: each is started twice, in both forms.
public final class ProxyMeasurements {

  /// Is told what becomes of each kind, from several threads.
  public interface Listener {

    /// All of a kind has been measured.
    void known(ProxyResult result);

    /// A kind could not be started in that form, or has ended during the measurement.
    ///
    /// @param why in one line
    void failed(ProxyKind kind, Form form, IOException why);
  }

  private final Gate gate = new Gate();
  private final Waits waits;
  private final String system;
  private final Listener listener;

  /// @param system the operating system and its version
  public ProxyMeasurements(Waits waits, String system, Listener listener) {
    this.waits = waits;
    this.system = system;
    this.listener = listener;
  }

  /// Measures `kinds`. One that fails does not keep the others from being measured.
  ///
  /// @throws InterruptedException if the thread was interrupted; all proxies have ended by then
  public void measure(List<ProxyKind> kinds) throws IOException, InterruptedException {
    try (var client = new Client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        warmUp(client);
        List<Future<Boolean>> all =
            kinds.stream()
                .map(kind -> threads.submit(() -> measure(client, kind, threads)))
                .toList();
        for (Future<Boolean> each : all) {
          var _ = result(each);
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
    }
  }

  /// Without a proxy. The first events of a JVM are late, because its code is not compiled yet.
  private void warmUp(Client client) throws IOException, InterruptedException {
    try (Origin origin = Origin.start()) {
      InetSocketAddress address = origin.address();
      var direct = URI.create("http://%s:%d".formatted(address.getHostString(), address.getPort()));
      var _ = EventsProbe.measure(new Road(client, origin, direct, waits));
    }
  }

  private boolean measure(Client client, ProxyKind kind, ExecutorService threads)
      throws InterruptedException {
    Instant begun = Instant.now();
    Future<Measured> smallest = threads.submit(() -> measure(client, kind, Form.SMALLEST));
    Future<Measured> remedied = threads.submit(() -> measure(client, kind, Form.REMEDIED));
    Measured one = result(smallest);
    Measured other = result(remedied);
    if (one.version().isEmpty() && other.version().isEmpty()) {
      return false;
    }
    listener.known(
        new ProxyResult(
            kind.id(),
            kind.name(),
            one.version().isEmpty() ? other.version() : one.version(),
            system,
            begun,
            one.passage(),
            other.passage(),
            kind.remedies()));
    return true;
  }

  /// @param version empty if it was not started
  private record Measured(String version, Passage passage) {}

  private Measured measure(Client client, ProxyKind kind, Form form) throws InterruptedException {
    try (Origin origin = Origin.start();
        RunningProxy proxy = start(kind, form, origin.address())) {
      var road = new Road(client, origin, proxy.address(), waits);
      Passage passage = new ProxyProbes(road, proxy, gate).measure();
      if (!proxy.isAlive()) {
        listener.failed(
            kind,
            form,
            new SaidException(Texts.of("proxy.ended", kind.name(), ProxyProbes.lastWords(proxy))));
      }
      return new Measured(proxy.version(), passage);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      listener.failed(kind, form, e);
      return new Measured("", Passage.unknown(NotSeen.NOT_STARTED.say(Reason.of(e))));
    }
  }

  /// Once again if it fails: another proxy may have taken its port meanwhile.
  private static RunningProxy start(ProxyKind kind, Form form, InetSocketAddress origin)
      throws IOException {
    try {
      return RunningProxy.start(kind, form, origin);
    } catch (IOException _) {
      return RunningProxy.start(kind, form, origin);
    }
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
