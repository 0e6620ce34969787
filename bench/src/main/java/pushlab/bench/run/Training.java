package pushlab.bench.run;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import pushlab.bench.host.Home;
import pushlab.bench.host.ServerProcess;
import pushlab.bench.watch.Target;
import pushlab.bench.watch.Watch;
import pushlab.bench.watch.WatchLoad;
import pushlab.report.result.Transport;

/// A short load by all transports, from which the server's JVM learns what its AOT cache has to
/// contain.
public final class Training {

  private static final int CLIENTS = 20;
  private static final double UPDATES_PER_SECOND = 50;
  private static final Duration EACH = Duration.ofMillis(600);

  /// The JVM writes the cache when it ends, which takes seconds.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Training() {}

  /// Starts a server, loads it for a few seconds and stops it.
  ///
  /// @param cache the file that the server's JVM writes
  /// @throws IOException if the server does not start, or does not accept the subscribers
  public static void of(Home home, Path cache) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.train(home, cache)) {
      var target = Target.of(server.address());
      for (Transport transport : Transport.values()) {
        var load =
            new WatchLoad(transport, CLIENTS, UPDATES_PER_SECOND, Duration.ofMillis(20), EACH);
        try (Watch watch = Watch.connect(target, load)) {
          watch.measure();
        }
      }
      server.handle().destroy();
      server.handle().onExit().orTimeout(PATIENCE.toSeconds(), SECONDS).join();
    }
  }
}
