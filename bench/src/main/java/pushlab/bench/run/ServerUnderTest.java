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
import pushlab.bench.net.PollHold;
import pushlab.bench.network.ShapedWay;
import pushlab.bench.watch.Target;
import pushlab.report.result.Delivery;
import pushlab.report.result.Network;
import pushlab.report.text.Remark;

/// The system under test: a server that the lab has started, or an external one. A figure of all
/// nodes together is empty if it is unknown for one of them.
///
/// @param nodes the processes of each node; empty for a node that is not on this machine
/// @param store the processes of the store that the nodes share; empty where they are unknown
/// @param process the server that the lab has started, or null for an external one
/// @param meter of the shaped network between the server and its subscribers; null over loopback
public record ServerUnderTest(
    Target target,
    List<Optional<Processes>> nodes,
    Optional<Processes> store,
    @Nullable ServerProcess process,
    @Nullable NetworkMeter meter)
    implements AutoCloseable {

  public ServerUnderTest {
    nodes = List.copyOf(nodes);
  }

  /// The external server `given`, or if it is null a new server of ours.
  ///
  /// @param log our server appends its output to this file
  /// @throws IOException if our server does not start, or a given process id does not exist
  public static ServerUnderTest start(Home home, Path log, @Nullable ExternalServer given)
      throws IOException {
    return given == null ? start(home, log, Delivery.DEFAULT) : of(given);
  }

  /// The external server `given`.
  ///
  /// @throws IOException if a given process id does not exist
  public static ServerUnderTest of(ExternalServer given) throws IOException {
    return new ServerUnderTest(given.target(), given.nodes(), given.storeProcesses(), null, null);
  }

  /// A new server of ours.
  ///
  /// @param log the server appends its output to this file
  /// @param delivery how its subscribers wait
  /// @throws IOException if it does not start
  public static ServerUnderTest start(Home home, Path log, Delivery delivery) throws IOException {
    ServerProcess process = ServerProcess.start(home, delivery, log);
    try {
      return new ServerUnderTest(
          Target.of(process.address()), nodes(process), Optional.empty(), process, null);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /// A new server of ours that subscribers reach over `network`, or over loopback if that is null.
  ///
  /// @param log the server appends its output to this file
  /// @param delivery how its subscribers wait
  /// @throws IOException if it does not start, or the network cannot be made
  static ServerUnderTest start(Home home, Path log, Delivery delivery, @Nullable Network network)
      throws IOException, InterruptedException {
    if (network == null) {
      return start(home, log, delivery);
    }
    ShapedWay way = ShapedWay.open(network);
    try {
      var options = new ArrayList<>(List.of("--port=0", "--delivery=" + delivery));
      options.addAll(way.serverOptions());
      ServerProcess process = ServerProcess.start(home, way.serverCommand(), options, log);
      return new ServerUnderTest(
          Target.over(
              network, way.toSubscribers(process.address()), way.toPublisher(process.address())),
          nodes(process),
          Optional.empty(),
          process,
          new NetworkMeter(way));
    } catch (IOException | RuntimeException e) {
      way.close();
      throw e;
    }
  }

  private static List<Optional<Processes>> nodes(ServerProcess process) {
    return List.of(Optional.of(Processes.of(process.handle())));
  }

  /// How long the first node holds a poll, if it says so.
  Optional<PollHold> saidHold() {
    return PollHold.of(target.first().address());
  }

  /// How long the first node holds a poll: as it says, or [PollHold#USUAL].
  public PollHold pollHold() {
    return saidHold().orElse(PollHold.USUAL);
  }

  /// Whether it is our server and has ended by itself.
  boolean hasDied() {
    return process != null && !process.isAlive();
  }

  /// The reasons why figures of the server are missing.
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

  /// The CPU time that each node has used so far.
  List<Optional<Usage>> usages() {
    return nodes.stream().map(node -> node.flatMap(Processes::usage)).toList();
  }

  /// The CPU time that all nodes together have used so far.
  Optional<Usage> usage() {
    return usages().stream()
        .reduce((one, other) -> one.flatMap(some -> other.map(some::plus)))
        .orElseThrow();
  }

  /// The CPU time that the store has used so far; empty where it is unknown.
  Optional<Usage> storeUsage() {
    return store.flatMap(Processes::usage);
  }

  /// The JVMs that the nodes run on; empty unless each node has one.
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

  /// The address of the first node.
  public URI address() {
    return target.first().uri("http", "");
  }

  /// The same server without the shaped network in between.
  Target direct() {
    return meter == null ? target : Target.of(address());
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
    if (meter != null) {
      meter.close();
    }
  }
}
