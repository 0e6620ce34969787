package pushlab.bench.host;

import static java.util.stream.Collectors.toCollection;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import pushlab.bench.host.Accounting.CpuTime;

/// The processes that one server consists of: those that were found first, such as each one that
/// holds its listening socket, and all that they have started. Processes come and go, so they are
/// looked up anew each time. The lab is none of them, even where one of them has started it.
/// Thread-safe.
///
/// @param first at least one
public record Processes(Set<ProcessHandle> first) {

  public Processes {
    first = Set.copyOf(first);
  }

  /// Those of `process` and of all that it has started.
  public static Processes of(ProcessHandle process) {
    return new Processes(Set.of(process));
  }

  /// Those that run now.
  Set<ProcessHandle> all() {
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

  /// What they have used until now; empty once all have ended.
  public Optional<Usage> usage() {
    var own = new HashMap<ProcessHandle, CpuTime>();
    var reaped = new HashMap<ProcessHandle, CpuTime>();
    for (ProcessHandle process : all()) {
      var account = new Accounting(process);
      account.cpuTime().ifPresent(used -> own.put(process, used));
      account.cpuTimeOfReaped().ifPresent(used -> reaped.put(process, used));
    }
    // What one that has ended meanwhile used is its parent's to tell.
    own.keySet().removeIf(process -> !process.isAlive());
    return own.isEmpty() ? Optional.empty() : Optional.of(new Usage(own, reaped));
  }

  /// KiB of memory that they hold; empty once all have ended. Of one process that is what is
  /// resident; of several it is the sum of their proportional shares, which counts a page that they
  /// have in common once, where the system tells them.
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

  /// Those of them that are JVMs.
  public List<ManagedJvm> jvms() {
    return all().stream().flatMap(process -> ManagedJvm.of(process).stream()).toList();
  }

  /// CPU time until a moment.
  ///
  /// @param own of each process that ran then
  /// @param reaped of those children of each that had ended and been waited for, in steps of 10 ms
  public record Usage(Map<ProcessHandle, CpuTime> own, Map<ProcessHandle, CpuTime> reaped) {

    public Usage {
      own = Map.copyOf(own);
      reaped = Map.copyOf(reaped);
    }

    /// What was used since `before`: what each process used that runs at the end, and what those
    /// did that ended meanwhile, as far as the system tells it. Never less than nothing.
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

    /// Of two servers.
    public Usage plus(Usage other) {
      var all = new HashMap<>(own);
      all.putAll(other.own);
      var allReaped = new HashMap<>(reaped);
      allReaped.putAll(other.reaped);
      return new Usage(all, allReaped);
    }
  }
}
