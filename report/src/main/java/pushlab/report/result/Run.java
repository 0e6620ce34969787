package pushlab.report.result;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `run.json`: what was run, where and how; all that a reader needs to run it again.
///
/// @param id the name of the run's folder
/// @param command the command line that started it
/// @param target the address of a server that was already running, or null when the run started
///     its own
/// @param commit the commit that was measured, with `-dirty` behind it where files had changed, or
///     null outside a git checkout
/// @param finished whether every cell and suite of the plan was run; false while it runs and after
///     it was broken off
/// @param remarks what went wrong or was left out, one sentence each
public record Run(
    String id,
    Instant startedAt,
    String command,
    @Nullable String target,
    @Nullable String commit,
    Plan plan,
    Machine machine,
    boolean finished,
    List<String> remarks) {

  public Run {
    requireNonNull(id, "id");
    requireNonNull(startedAt, "startedAt");
    requireNonNull(command, "command");
    requireNonNull(plan, "plan");
    requireNonNull(machine, "machine");
    remarks = List.copyOf(remarks);
  }

  /// The same run with a remark more.
  public Run with(String remark) {
    var more = new ArrayList<>(remarks);
    more.add(remark);
    return new Run(id, startedAt, command, target, commit, plan, machine, finished, more);
  }

  /// The same run by another plan.
  public Run with(Plan other) {
    return new Run(id, startedAt, command, target, commit, other, machine, finished, remarks);
  }

  /// The same run, come to its end.
  public Run finish() {
    return new Run(id, startedAt, command, target, commit, plan, machine, true, remarks);
  }

  /// The axes of the run: every transport is measured at every combination of the others.
  ///
  /// @param name `quick`, or `own` where axes were given by hand
  /// @param pollIntervalsMillis how long a short-polling client waits between an answer and its
  ///     next request; no axis for the others
  /// @param tasks over how many tasks the clients are spread
  /// @param payloads how many characters a status has
  /// @param warmUpSeconds how long a new server is warmed up before its first cell; not measured
  /// @param seconds how long one repeat of a cell publishes
  /// @param repeats how often each cell is run; each time against a new server process
  /// @param idleSeconds how long clients are connected without an update, to see what that costs; 0
  ///     for not at all
  /// @param seed what shuffles the order of the cells
  public record Plan(
      String name,
      List<Transport> transports,
      List<Integer> clients,
      List<Double> updatesPerSecond,
      List<Long> pollIntervalsMillis,
      List<Integer> tasks,
      List<Integer> payloads,
      double warmUpSeconds,
      double seconds,
      int repeats,
      double idleSeconds,
      long seed) {

    public Plan {
      requireNonNull(name, "name");
      transports = List.copyOf(transports);
      clients = List.copyOf(clients);
      updatesPerSecond = List.copyOf(updatesPerSecond);
      pollIntervalsMillis = List.copyOf(pollIntervalsMillis);
      tasks = List.copyOf(tasks);
      payloads = List.copyOf(payloads);
    }

    /// The same plan for those transports only.
    public Plan with(List<Transport> others) {
      return new Plan(
          name,
          others,
          clients,
          updatesPerSecond,
          pollIntervalsMillis,
          tasks,
          payloads,
          warmUpSeconds,
          seconds,
          repeats,
          idleSeconds,
          seed);
    }
  }

  /// The machine and the JVMs; the instrument and the server share both.
  ///
  /// @param serverFlags the server's JVM flags
  public record Machine(
      String os,
      String cpu,
      int logicalCores,
      long memoryMiB,
      String jvm,
      List<String> serverFlags) {

    public Machine {
      serverFlags = List.copyOf(serverFlags);
    }
  }
}
