package pushlab.bench.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.Accounting;
import pushlab.bench.host.Accounting.CpuTime;
import pushlab.report.result.NetworkUse;
import pushlab.report.result.NetworkUse.Shaper;

/// What a network has carried up to a moment.
///
/// @param server what the server's end has sent; null if there are no packets
/// @param clients what the clients' end has sent; null if there are no packets
/// @param cpu of each process of the shaper; null if the shaper has no process of its own and is
///     not the kernel
public record Counted(
    long nanoTime,
    @Nullable Sent server,
    @Nullable Sent clients,
    @Nullable Map<ProcessHandle, Duration> cpu) {

  /// What one end has sent.
  ///
  /// @param retransmitted segments of TCP that were sent again
  public record Sent(long packets, long bytes, long retransmitted) {

    private static final int SENT_BYTES = 8;
    private static final int SENT_PACKETS = 9;

    /// Reads the counters of an interface and of TCP in `folder`, which is `/proc/PID/net`.
    static Sent read(Path folder, String ofInterface) throws IOException {
      String[] counters =
          Files.readAllLines(folder.resolve("dev")).stream()
              .map(String::strip)
              .filter(line -> line.startsWith(ofInterface + ":"))
              .map(line -> line.substring(ofInterface.length() + 1).strip().split("\\s+"))
              .findFirst()
              .orElseThrow(() -> new IOException("there is no interface " + ofInterface));
      return new Sent(
          Long.parseLong(counters[SENT_PACKETS]),
          Long.parseLong(counters[SENT_BYTES]),
          retransmitted(folder.resolve("snmp")));
    }

    /// The first line that begins with `Tcp:` has the names, the second one the numbers.
    private static long retransmitted(Path file) throws IOException {
      List<List<String>> lines =
          Files.readAllLines(file).stream()
              .filter(line -> line.startsWith("Tcp:"))
              .map(line -> Arrays.asList(line.split(" ")))
              .toList();
      return Long.parseLong(lines.get(1).get(lines.getFirst().indexOf("RetransSegs")));
    }

    private Sent since(Sent before) {
      return new Sent(
          packets - before.packets, bytes - before.bytes, retransmitted - before.retransmitted);
    }
  }

  /// The CPU time of each process so far.
  static Map<ProcessHandle, Duration> cpuOf(List<ProcessHandle> processes) {
    return processes.stream()
        .collect(
            Collectors.toMap(
                process -> process,
                process ->
                    new Accounting(process).cpuTime().map(CpuTime::all).orElse(Duration.ZERO)));
  }

  NetworkUse since(Counted before, Shaper shaper, Calibration calibration) {
    Optional<Sent> out = difference(server, before.server);
    Optional<Sent> in = difference(clients, before.clients);
    List<Duration> used =
        cpu == null
            ? List.of()
            : cpu.entrySet().stream()
                .map(now -> now.getValue().minus(before.used(now.getKey())))
                .toList();
    return new NetworkUse(
        shaper,
        calibration.roundTripMillis(),
        calibration.loss(),
        calibration.loss() == null ? null : calibration.packets(),
        out.map(Sent::packets).orElse(null),
        in.map(Sent::packets).orElse(null),
        out.map(Sent::bytes).orElse(null),
        in.map(Sent::bytes).orElse(null),
        out.map(Sent::retransmitted).orElse(null),
        in.map(Sent::retransmitted).orElse(null),
        cpu == null ? null : used.stream().reduce(Duration.ZERO, Duration::plus).toNanos() / 1000,
        cpu == null
            ? null
            : used.stream().mapToDouble(Duration::toNanos).max().orElse(0)
                / Math.max(1, nanoTime - before.nanoTime));
  }

  private Duration used(ProcessHandle process) {
    return cpu == null ? Duration.ZERO : cpu.getOrDefault(process, Duration.ZERO);
  }

  private static Optional<Sent> difference(@Nullable Sent now, @Nullable Sent before) {
    return now == null || before == null ? Optional.empty() : Optional.of(now.since(before));
  }
}
