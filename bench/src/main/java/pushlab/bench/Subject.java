package pushlab.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.Accounting;
import pushlab.bench.host.Accounting.CpuTime;
import pushlab.bench.host.Home;
import pushlab.bench.host.ManagedJvm;
import pushlab.bench.host.ServerProcess;
import pushlab.bench.watch.Target;
import pushlab.report.Remark;

/// What is measured: a server of ours, started for the purpose, or what runs already. What is told
/// of all its nodes together is empty where one of them does not tell it.
///
/// @param nodes the account of each node's process, where that can be known: for another server, if
///     it is on this machine
/// @param store that of the store that the nodes share
record Subject(
    Target target,
    List<Optional<Accounting>> nodes,
    Optional<Accounting> store,
    @Nullable ServerProcess process)
    implements AutoCloseable {

  Subject {
    nodes = List.copyOf(nodes);
  }

  /// Ours, which adds what it prints to `log`, or the one that is `given`.
  ///
  /// @throws IOException if ours does not start, or there is no process of an id that was given
  static Subject start(Home home, Path log, @Nullable Running given) throws IOException {
    if (given != null) {
      return new Subject(given.target(), given.nodes(), given.accountingOfStore(), null);
    }
    ServerProcess process = ServerProcess.start(home, log);
    return new Subject(
        Target.of(process.address()),
        List.of(Optional.of(new Accounting(process.handle()))),
        Optional.empty(),
        process);
  }

  /// Whether it is ours and has ended by itself.
  boolean hasDied() {
    return process != null && !process.isAlive();
  }

  /// Why figures of its ledger are missing.
  List<Remark> notKnown() {
    var why = new ArrayList<Remark>();
    if (cpuTime().isEmpty()) {
      why.add(Remark.NO_PROCESS);
    } else if (jvms().isEmpty()) {
      why.add(Remark.NO_JVM);
    }
    if (Accounting.kernelKiB().isEmpty()) {
      why.add(Remark.NO_KERNEL);
    }
    return why;
  }

  /// CPU time of each node.
  List<Optional<CpuTime>> cpuTimes() {
    return nodes.stream().map(node -> node.flatMap(Accounting::cpuTime)).toList();
  }

  /// CPU time of all nodes together.
  Optional<CpuTime> cpuTime() {
    return sum(cpuTimes());
  }

  static Optional<CpuTime> sum(List<Optional<CpuTime>> each) {
    return each.stream()
        .reduce((one, other) -> one.flatMap(some -> other.map(some::plus)))
        .orElseThrow();
  }

  /// CPU time of each of the store's processes; none where the store is not known.
  Map<ProcessHandle, Duration> storeCpuTimes() {
    return store.map(Accounting::cpuTimeOfEach).orElse(Map.of());
  }

  /// The JVMs that the nodes run on; empty unless all do.
  List<ManagedJvm> jvms() {
    List<ManagedJvm> jvms =
        nodes.stream()
            .flatMap(node -> node.flatMap(it -> ManagedJvm.of(it.process())).stream())
            .toList();
    return jvms.size() == nodes.size() ? jvms : List.of();
  }

  OptionalLong liveHeapBytes() throws InterruptedException {
    var each = new ArrayList<OptionalLong>();
    for (ManagedJvm jvm : jvms()) {
      each.add(jvm.liveHeapBytes());
    }
    return total(each);
  }

  OptionalLong residentKiB() {
    return total(
        nodes.stream()
            .map(node -> node.map(Accounting::residentKiB).orElse(OptionalLong.empty()))
            .toList());
  }

  private static OptionalLong total(List<OptionalLong> each) {
    return !each.isEmpty() && each.stream().allMatch(OptionalLong::isPresent)
        ? OptionalLong.of(each.stream().mapToLong(OptionalLong::getAsLong).sum())
        : OptionalLong.empty();
  }

  /// Of its first node.
  URI address() {
    return target.first().uri("http", "");
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
