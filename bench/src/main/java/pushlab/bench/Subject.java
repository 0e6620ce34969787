package pushlab.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.Accounting;
import pushlab.bench.host.Home;
import pushlab.bench.host.Listener;
import pushlab.bench.host.ManagedJvm;
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
    return start(home, log, given, null);
  }

  /// The same.
  ///
  /// @param id that of the process which answers at `given`, or null to look for it on this machine
  /// @throws IOException if ours does not start, or there is no process of that id
  static Subject start(Home home, Path log, @Nullable Target given, @Nullable Long id)
      throws IOException {
    if (given != null && id != null) {
      return of(given, Optional.of(process(id)), null);
    }
    if (given != null) {
      return of(given, given.localPort().flatMap(Listener::on), null);
    }
    ServerProcess process = ServerProcess.start(home, log);
    return of(Target.of(process.address()), Optional.of(process.handle()), process);
  }

  private static ProcessHandle process(long id) throws IOException {
    return ProcessHandle.of(id)
        .orElseThrow(() -> new IOException("--pid: there is no process %d".formatted(id)));
  }

  private static Subject of(
      Target target, Optional<ProcessHandle> handle, @Nullable ServerProcess process) {
    return new Subject(target, handle.map(Accounting::new), process);
  }

  /// Whether it is ours and has ended by itself.
  boolean hasDied() {
    return process != null && !process.isAlive();
  }

  Optional<Accounting.CpuTime> cpuTime() {
    return accounting.flatMap(Accounting::cpuTime);
  }

  /// The JVM that it runs on, if it does.
  Optional<ManagedJvm> jvm() {
    return accounting.flatMap(it -> ManagedJvm.of(it.process()));
  }

  OptionalLong liveHeapBytes() throws InterruptedException {
    return jvm().isPresent() ? jvm().get().liveHeapBytes() : OptionalLong.empty();
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
