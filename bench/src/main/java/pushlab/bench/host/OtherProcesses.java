package pushlab.bench.host;

import static java.util.Comparator.comparingDouble;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/// Observes how much of the machine the processes use that do not belong to a measurement.
public final class OtherProcesses {

  private final OperatingSystem system = new SystemInfo().getOperatingSystem();
  private final int cores =
      new SystemInfo().getHardware().getProcessor().getLogicalProcessorCount();
  private final Supplier<Set<Long>> own;
  private Map<Integer, OSProcess> before;
  private long since;

  /// What one process used.
  ///
  /// @param share of the time of all cores, from 0 to 1
  public record Use(long id, String name, double share) {}

  /// Observes from now on.
  ///
  /// @param own the ids of the processes that belong to the measurement, whenever it is asked
  public OtherProcesses(Supplier<Set<Long>> own) {
    this.own = own;
    this.before = processes();
    this.since = System.nanoTime();
  }

  /// What each of the others used since the call before, or since the creation, the busiest first.
  /// Those that have ended in between are left out.
  public List<Use> uses() {
    Map<Integer, OSProcess> now = processes();
    long moment = System.nanoTime();
    double available = (moment - since) / 1e6 * cores;
    Set<Long> ours = own.get();
    List<Use> uses =
        now.values().stream()
            .filter(process -> !ours.contains((long) process.getProcessID()))
            .map(process -> use(process, available))
            .sorted(comparingDouble(Use::share).reversed())
            .toList();
    before = now;
    since = moment;
    return uses;
  }

  private Use use(OSProcess now, double availableMillis) {
    OSProcess then = before.get(now.getProcessID());
    double used = millis(now);
    if (then != null && then.getStartTime() == now.getStartTime()) {
      used -= millis(then);
    }
    // The system counts in ticks.
    return new Use(now.getProcessID(), now.getName(), Math.min(1, used / availableMillis));
  }

  private static double millis(OSProcess process) {
    return process.getUserTime() + process.getKernelTime();
  }

  private Map<Integer, OSProcess> processes() {
    return system.getProcesses().stream()
        .collect(toMap(OSProcess::getProcessID, process -> process, (one, _) -> one));
  }
}
