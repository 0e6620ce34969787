package pushlab.bench.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.Accounting;
import pushlab.bench.host.Home;
import pushlab.bench.host.ManagedJvm;
import pushlab.bench.host.Processes;
import pushlab.bench.host.Processes.Usage;
import pushlab.bench.host.ServerProcess;
import pushlab.bench.watch.Target;
import pushlab.report.text.Remark;

/// What is measured: a server of ours, started for the purpose, or what runs already. What is told
/// of all its nodes together is empty where one of them does not tell it.
///
/// @param nodes the processes of each node, where they can be known: of another server, if it is on
///     this machine
/// @param store those of the store that the nodes share
public record Subject(
    Target target,
    List<Optional<Processes>> nodes,
    Optional<Processes> store,
    @Nullable ServerProcess process)
    implements AutoCloseable {

  public Subject {
    nodes = List.copyOf(nodes);
  }

  /// Ours, which adds what it prints to `log`, or the one that is `given`.
  ///
  /// @throws IOException if ours does not start, or there is no process of an id that was given
  public static Subject start(Home home, Path log, @Nullable ExternalServer given)
      throws IOException {
    if (given != null) {
      return new Subject(given.target(), given.nodes(), given.storeProcesses(), null);
    }
    ServerProcess process = ServerProcess.start(home, log);
    try {
      return new Subject(
          Target.of(process.address()),
          List.of(Optional.of(Processes.of(process.handle()))),
          Optional.empty(),
          process);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /// Whether it is ours and has ended by itself.
  boolean hasDied() {
    return process != null && !process.isAlive();
  }

  /// Why figures of its ledger are missing.
  List<Remark> notKnown() {
    var why = new ArrayList<Remark>();
    if (usage().isEmpty()) {
      why.add(Remark.NO_PROCESS);
    } else if (jvms().isEmpty()) {
      why.add(Remark.NO_JVM);
    }
    if (Accounting.kernelKiB().isEmpty()) {
      why.add(Remark.NO_KERNEL);
    }
    return why;
  }

  /// CPU time of each node until now.
  List<Optional<Usage>> usages() {
    return nodes.stream().map(node -> node.flatMap(Processes::usage)).toList();
  }

  /// CPU time of all nodes together until now.
  Optional<Usage> usage() {
    return usages().stream()
        .reduce((one, other) -> one.flatMap(some -> other.map(some::plus)))
        .orElseThrow();
  }

  /// CPU time of the store until now; empty where it is not known.
  Optional<Usage> storeUsage() {
    return store.flatMap(Processes::usage);
  }

  /// The JVMs that the nodes run on; empty unless each has one.
  List<ManagedJvm> jvms() {
    List<List<ManagedJvm>> each =
        nodes.stream().map(node -> node.map(Processes::jvms).orElse(List.of())).toList();
    return each.stream().anyMatch(List::isEmpty)
        ? List.of()
        : each.stream().flatMap(List::stream).toList();
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
            .map(node -> node.map(Processes::residentKiB).orElse(OptionalLong.empty()))
            .toList());
  }

  private static OptionalLong total(List<OptionalLong> each) {
    return !each.isEmpty() && each.stream().allMatch(OptionalLong::isPresent)
        ? OptionalLong.of(each.stream().mapToLong(OptionalLong::getAsLong).sum())
        : OptionalLong.empty();
  }

  /// Of its first node.
  public URI address() {
    return target.first().uri("http", "");
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
