package pushlab.bench.host;

import static java.util.stream.Collectors.toCollection;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import pushlab.bench.host.Accounting.CpuTime;

/// The processes of one server: those that were found first, such as the processes that hold its
/// listening socket, and all their descendants. Descendants are looked up each time, because
/// processes start and end. The lab itself is never among them, even if one of them has started
/// it. Thread-safe.
///
/// @param first at least one
public record Processes(Set<ProcessHandle> first) {

  public Processes {
    first = Set.copyOf(first);
  }

  /// `process` and all its descendants.
  public static Processes of(ProcessHandle process) {
    return new Processes(Set.of(process));
  }

  /// The processes that run now.
  public Set<ProcessHandle> all() {
    Set<ProcessHandle> all =
        first.stream()
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .filter(ProcessHandle::isAlive)
            .collect(toCollection(LinkedHashSet::new));
    ProcessHandle lab = ProcessHandle.current();
    if (all.contains(lab) && !first.contains(lab)) {
      lab.descendants().forEach(all::remove);
      all.remove(lab);
    }
    return all;
  }

  /// The CPU time so far; empty if all processes have ended.
  public Optional<Usage> usage() {
    var own = new HashMap<ProcessHandle, CpuTime>();
    var reaped = new HashMap<ProcessHandle, CpuTime>();
    for (ProcessHandle process : all()) {
      var account = new Accounting(process);
      account.cpuTime().ifPresent(used -> own.put(process, used));
      account.cpuTimeOfReaped().ifPresent(used -> reaped.put(process, used));
    }
    // The parent of a process that has just ended reports its CPU time.
    own.keySet().removeIf(process -> !process.isAlive());
    return own.isEmpty() ? Optional.empty() : Optional.of(new Usage(own, reaped));
  }

  /// Memory in KiB; empty if all processes have ended. For one process this is its resident
  /// memory. For several it is the sum of their proportional memory, in which a shared page counts
  /// once.
  public OptionalLong residentKiB() {
    List<Accounting> all = all().stream().map(Accounting::new).toList();
    return all.stream()
        .map(each -> all.size() == 1 ? each.residentKiB() : each.proportionalKiB())
        .filter(OptionalLong::isPresent)
        .map(OptionalLong::getAsLong)
        .reduce(Long::sum)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /// The JVMs among these processes.
  public List<ManagedJvm> jvms() {
    return all().stream().flatMap(process -> ManagedJvm.of(process).stream()).toList();
  }

  /// The CPU time up to a moment.
  ///
  /// @param own the time of each process that ran at that moment
  /// @param reaped for each of these, the time of its descendants that had ended and had been
  ///     waited for, in ticks of 10 ms
  public record Usage(Map<ProcessHandle, CpuTime> own, Map<ProcessHandle, CpuTime> reaped) {

    public Usage {
      own = Map.copyOf(own);
      reaped = Map.copyOf(reaped);
    }

    /// What was used since `before`, by the processes that run at the end and by those that have
    /// ended in between, as far as the system reports it. Never negative.
    public CpuTime since(Usage before) {
      CpuTime used = CpuTime.ZERO;
      CpuTime ended = CpuTime.ZERO;
      for (Map.Entry<ProcessHandle, CpuTime> now : own.entrySet()) {
        CpuTime then = before.own.getOrDefault(now.getKey(), CpuTime.ZERO);
        used = used.plus(now.getValue().since(then));
      }
      for (Map.Entry<ProcessHandle, CpuTime> now : reaped.entrySet()) {
        CpuTime then = before.reaped.getOrDefault(now.getKey(), CpuTime.ZERO);
        ended = ended.plus(now.getValue().minus(then));
      }
      for (Map.Entry<ProcessHandle, CpuTime> then : before.own.entrySet()) {
        if (!own.containsKey(then.getKey())) {
          ended = ended.minus(then.getValue());
        }
      }
      return used.plus(ended.orNothing());
    }

    /// What the just-in-time compilers of all JVMs that run have used since these started.
    public Duration compiled() {
      return own.values().stream().map(CpuTime::compilers).reduce(Duration.ZERO, Duration::plus);
    }

    /// The CPU time of two servers.
    public Usage plus(Usage other) {
      var all = new HashMap<>(own);
      all.putAll(other.own);
      var allReaped = new HashMap<>(reaped);
      allReaped.putAll(other.reaped);
      return new Usage(all, allReaped);
    }
  }
}
