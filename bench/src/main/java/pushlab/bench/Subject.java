package pushlab.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.Accounting;
import pushlab.bench.host.Home;
import pushlab.bench.host.Listener;
import pushlab.bench.host.ServerProcess;
import pushlab.bench.watch.Target;

/// The server that is measured: one of ours, started for the purpose, or one that runs already.
///
/// @param accounting of its process, where that can be known: for another server, if it is on this
///     machine
record Subject(Target target, Optional<Accounting> accounting, @Nullable ServerProcess process)
    implements AutoCloseable {

  /// Ours, which adds what it prints to `log`, or the one that is `given`.
  static Subject start(Home home, Path log, @Nullable Target given) throws IOException {
    if (given != null) {
      return new Subject(given, given.localPort().flatMap(Listener::on).map(Accounting::new), null);
    }
    ServerProcess process = ServerProcess.start(home, log);
    return new Subject(Target.of(process.address()), Optional.of(process.accounting()), process);
  }

  Optional<Duration> cpuTime() {
    return accounting.flatMap(Accounting::cpuTime);
  }

  OptionalLong liveHeapBytes() throws InterruptedException {
    return accounting.isPresent() ? accounting.get().liveHeapBytes() : OptionalLong.empty();
  }

  OptionalLong residentKiB() {
    return accounting.map(Accounting::residentKiB).orElse(OptionalLong.empty());
  }

  URI address() {
    return target.uri("http", "");
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
