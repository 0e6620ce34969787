package pushlab.bench.run;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.Accounting;
import pushlab.bench.host.Accounting.CpuTime;
import pushlab.bench.host.ManagedJvm;
import pushlab.bench.host.ManagedJvm.Recorded;
import pushlab.bench.host.NoiseMeter;
import pushlab.bench.host.Processes.Usage;
import pushlab.bench.network.Counted;
import pushlab.bench.watch.Measured;
import pushlab.bench.watch.Watch;
import pushlab.bench.watch.WatchLoad;
import pushlab.report.result.NetworkUse;
import pushlab.report.result.Noise;
import pushlab.report.result.Repeat;
import pushlab.report.result.ServerUse;

/// One repeat of a cell: what the watch measured, what the server used, and what else happened on
/// the machine.
record Measurement(Measured measured, Repeat repeat) {

  /// Connects the subscribers of `workload` to `subject`, measures, and disconnects them.
  ///
  /// @param number the number of the repeat, from 1
  /// @throws IOException if the server does not accept the subscribers
  static Measurement of(ServerUnderTest subject, WatchLoad workload, int number)
      throws IOException, InterruptedException {
    OptionalLong heap = subject.liveHeapBytes();
    OptionalLong kernel = Accounting.kernelKiB();
    try (Watch watch = Watch.connect(subject.target(), workload)) {
      // Both ends of every connection are on this machine.
      Double kernelKiB = grew(kernel, Accounting.kernelKiB(), 2 * workload.clients());
      Double heapKiB = grew(heap, subject.liveHeapBytes(), 1024 * workload.clients());
      List<ManagedJvm> jvms = subject.jvms();
      for (ManagedJvm jvm : jvms) {
        jvm.record();
      }
      try (var noise = new NoiseMeter()) {
        List<Optional<Usage>> nodesBefore = subject.usages();
        Optional<Usage> storeBefore = subject.storeUsage();
        Counted networkBefore = subject.meter() == null ? null : subject.meter().count();
        Duration instrumentBefore = Accounting.ofThisProcess();
        Measured measured = watch.measure();
        Duration instrument = Accounting.ofThisProcess().minus(instrumentBefore);
        NetworkUse network =
            networkBefore == null ? null : requireNonNull(subject.meter()).since(networkBefore);
        List<Optional<CpuTime>> nodes = since(nodesBefore, subject.usages());
        Optional<Duration> store = since(storeBefore, subject.storeUsage()).map(CpuTime::all);
        Optional<CpuTime> server = sum(nodes);
        Duration shaper = network == null ? Duration.ZERO : NetworkMeter.ofOwnProcesses(network);
        Duration beside = instrument.plus(store.orElse(Duration.ZERO)).plus(shaper);
        Noise seen = noise.read(server.map(cpu -> cpu.all().plus(beside)));
        ServerUse use = use(subject, server, recorded(jvms), heapKiB, kernelKiB);
        return new Measurement(
            measured,
            measured.toRepeat(
                number,
                use,
                nodes.stream().map(used -> micros(used.map(CpuTime::withoutCompilers))).toList(),
                micros(store),
                seen,
                watch.connectMillis(),
                network));
      }
    }
  }

  private static List<Optional<CpuTime>> since(
      List<Optional<Usage>> before, List<Optional<Usage>> after) {
    return IntStream.range(0, before.size())
        .mapToObj(node -> since(before.get(node), after.get(node)))
        .toList();
  }

  private static Optional<CpuTime> since(Optional<Usage> before, Optional<Usage> after) {
    return before.flatMap(then -> after.map(now -> now.since(then)));
  }

  private static Optional<CpuTime> sum(List<Optional<CpuTime>> each) {
    return each.stream()
        .reduce((one, other) -> one.flatMap(some -> other.map(some::plus)))
        .orElseThrow();
  }

  private static @Nullable Long micros(Optional<Duration> used) {
    return used.map(time -> time.toNanos() / 1000).orElse(null);
  }

  /// What all of `jvms` recorded. Each is asked, because asking ends its recording.
  private static Optional<Recorded> recorded(List<ManagedJvm> jvms)
      throws IOException, InterruptedException {
    var each = new ArrayList<Optional<Recorded>>();
    for (ManagedJvm jvm : jvms) {
      each.add(jvm.recorded());
    }
    return each.stream()
        .reduce((one, other) -> one.flatMap(some -> other.map(some::plus)))
        .flatMap(all -> all);
  }

  private static ServerUse use(
      ServerUnderTest subject,
      Optional<CpuTime> cpu,
      Optional<Recorded> recorded,
      @Nullable Double heapKiB,
      @Nullable Double kernelKiB) {
    OptionalLong resident = subject.residentKiB();
    return new ServerUse(
        cpu.map(used -> used.user().toNanos() / 1000).orElse(null),
        cpu.map(used -> used.system().toNanos() / 1000).orElse(null),
        cpu.map(used -> used.compilers().toNanos() / 1000).orElse(null),
        recorded.map(Recorded::allocatedBytes).orElse(null),
        recorded.map(all -> (long) all.pauses().size()).orElse(null),
        recorded.map(all -> all.paused().toNanos() / 1000).orElse(null),
        recorded.map(all -> all.longestPause().toNanos() / 1000).orElse(null),
        heapKiB,
        kernelKiB,
        resident.isPresent() ? Long.valueOf(resident.getAsLong()) : null);
  }

  private static @Nullable Double grew(OptionalLong before, OptionalLong after, int parts) {
    return before.isPresent() && after.isPresent()
        ? (after.getAsLong() - before.getAsLong()) / (double) parts
        : null;
  }
}
