package pushlab.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.Accounting;
import pushlab.bench.host.Accounting.CpuTime;
import pushlab.bench.host.ManagedJvm;
import pushlab.bench.host.ManagedJvm.Recorded;
import pushlab.bench.host.NoiseMeter;
import pushlab.bench.watch.Measured;
import pushlab.bench.watch.Watch;
import pushlab.bench.watch.Workload;
import pushlab.report.result.Cell.Repeat;
import pushlab.report.result.Noise;
import pushlab.report.result.ServerUse;

/// One repeat of a cell: what the watch saw, what the server used for it, what else happened on the
/// machine.
record Measurement(Measured measured, Repeat repeat) {

  /// Connects the subscribers of `workload` to `subject`, measures, and takes leave.
  ///
  /// @param number of the repeat, from 1
  /// @throws IOException if the server does not take the subscribers
  static Measurement of(Subject subject, Workload workload, int number)
      throws IOException, InterruptedException {
    OptionalLong heap = subject.liveHeapBytes();
    OptionalLong kernel = Accounting.kernelKiB();
    try (Watch watch = Watch.connect(subject.target(), workload)) {
      // Both ends of every connection are on this machine.
      Double kernelKiB = grew(kernel, Accounting.kernelKiB(), 2 * workload.clients());
      Double heapKiB = grew(heap, subject.liveHeapBytes(), 1024 * workload.clients());
      Optional<ManagedJvm> jvm = subject.jvm();
      if (jvm.isPresent()) {
        jvm.get().record();
      }
      try (var noise = new NoiseMeter()) {
        Optional<CpuTime> serverBefore = subject.cpuTime();
        Duration instrumentBefore = Accounting.ofThisProcess();
        Measured measured = watch.measure();
        Duration instrument = Accounting.ofThisProcess().minus(instrumentBefore);
        Optional<CpuTime> server =
            serverBefore.flatMap(before -> subject.cpuTime().map(after -> after.since(before)));
        Noise seen = noise.read(server.map(cpu -> cpu.all().plus(instrument)));
        Optional<Recorded> recorded = jvm.isPresent() ? jvm.get().recorded() : Optional.empty();
        ServerUse use = use(subject, server, recorded, heapKiB, kernelKiB);
        return new Measurement(
            measured, measured.toRepeat(number, use, seen, watch.connectMillis()));
      }
    }
  }

  private static ServerUse use(
      Subject subject,
      Optional<CpuTime> cpu,
      Optional<Recorded> recorded,
      @Nullable Double heapKiB,
      @Nullable Double kernelKiB) {
    OptionalLong resident =
        subject.accounting().map(Accounting::residentKiB).orElse(OptionalLong.empty());
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
