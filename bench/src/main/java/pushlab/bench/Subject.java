package pushlab.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.Home;
import pushlab.bench.host.ServerProcess;
import pushlab.bench.watch.Target;
import pushlab.report.result.ResultsFolder;

/// The server that is measured: one of ours, started for the purpose, or one that runs already, of
/// which nothing is known but its address.
record Subject(Target target, @Nullable ServerProcess process) implements AutoCloseable {

  static Subject start(Home home, ResultsFolder folder, @Nullable Target given) throws IOException {
    if (given != null) {
      return new Subject(given, null);
    }
    ServerProcess process = ServerProcess.start(home, folder.path().resolve("server.log"));
    return new Subject(Target.of(process.address()), process);
  }

  Optional<Duration> cpuTime() {
    return process == null ? Optional.empty() : process.cpuTime();
  }

  OptionalLong liveHeapBytes() throws InterruptedException {
    return process == null ? OptionalLong.empty() : process.liveHeapBytes();
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
