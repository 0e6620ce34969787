package pushlab.report.result;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `run.json`: what was run, where and how, which is what a reader needs to repeat it.
///
/// @param id the name of the run's folder
/// @param command the command line that started it
/// @param target the address of a server that was already running; null if the run started its
///     own
/// @param commit the commit that was measured, with `-dirty` after it if files had changed; null
///     outside of a git checkout
/// @param finished whether every cell and suite of the plan was run; false while it runs and
///     after it was aborted
/// @param remarks what went wrong or was left out, one sentence in English each
/// @param said the remarks with what a report needs to say them in another language; empty in
///     runs from before it was kept
/// @param pollHoldSeconds how long the server says that it holds a long poll; null if it does not
///     say it
/// @param heldOut workloads that are measured beside those of the plan and kept from the model
public record Run(
    String id,
    Instant startedAt,
    String command,
    @Nullable String target,
    @Nullable String commit,
    Plan plan,
    Machine machine,
    boolean finished,
    List<String> remarks,
    @JacksonInject(value = ResultsFolder.UNKNOWN_SAID, useInput = OptBoolean.TRUE) List<Said> said,
    @JacksonInject(value = ResultsFolder.UNKNOWN_POLL_HOLD, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Long pollHoldSeconds,
    @JacksonInject(value = ResultsFolder.UNKNOWN_HELD_OUT, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<HeldOut> heldOut) {

  /// A workload that is measured, and that the model must not see: it is predicted from the other
  /// cells.
  public record HeldOut(int clients, double updatesPerSecond) {

    /// Whether it is the workload of that cell.
    public boolean is(Cell cell) {
      return cell.clients() == clients && cell.updatesPerSecond() == updatesPerSecond;
    }
  }

  public Run {
    requireNonNull(id, "id");
    requireNonNull(startedAt, "startedAt");
    requireNonNull(command, "command");
    requireNonNull(plan, "plan");
    requireNonNull(machine, "machine");
    remarks = List.copyOf(remarks);
    said = List.copyOf(said);
    heldOut = List.copyOf(heldOut);
  }

  /// The same run, which holds those workloads out of the model.
  public Run holdOut(List<HeldOut> workloads) {
    return new Run(
        id,
        startedAt,
        command,
        target,
        commit,
        plan,
        machine,
        finished,
        remarks,
        said,
        pollHoldSeconds,
        workloads);
  }

  /// The same run with one more remark.
  public Run with(Said remark) {
    var sentences = new ArrayList<>(remarks);
    sentences.add(remark.text());
    var more = new ArrayList<>(said);
    more.add(remark);
    return new Run(
        id,
        startedAt,
        command,
        target,
        commit,
        plan,
        machine,
        finished,
        sentences,
        more,
        pollHoldSeconds,
        heldOut);
  }

  /// The same run with another plan.
  public Run with(Plan other) {
    return new Run(
        id,
        startedAt,
        command,
        target,
        commit,
        other,
        machine,
        finished,
        remarks,
        said,
        pollHoldSeconds,
        heldOut);
  }

  /// The same run, finished.
  public Run finish() {
    return new Run(
        id,
        startedAt,
        command,
        target,
        commit,
        plan,
        machine,
        true,
        remarks,
        said,
        pollHoldSeconds,
        heldOut);
  }

  /// The same run, against a server that holds a long poll for `pollHold`.
  public Run with(Duration pollHold) {
    return new Run(
        id,
        startedAt,
        command,
        target,
        commit,
        plan,
        machine,
        finished,
        remarks,
        said,
        pollHold.toSeconds(),
        heldOut);
  }

  /// The axes of the run: every transport is measured at every combination of the others, or with
  /// the workloads of `focus`.
  ///
  /// @param name `quick`, or `own` where axes were given by hand
  /// @param pollIntervalsMillis how long a short-polling client waits between an answer and its
  ///     next request; no axis for the others
  /// @param tasks over how many tasks the clients are spread
  /// @param payloads how many characters a status has
  /// @param deliveries how subscribers of our server wait; no axis where that makes no difference.
  ///     Answers, verdicts and the model rest on the first. Empty for another server,
  ///     and in runs from before it was recorded.
  /// @param networks what lies between the server and the clients, [Network#LOOPBACK] among them;
  ///     empty for loopback only
  /// @param warmUpSeconds how long a new server is warmed up before its first cell; not measured
  /// @param seconds how long one repeat of a cell publishes
  /// @param repeats how often each cell is run; each time against a new server process
  /// @param idleSeconds how long clients are connected without an update, to see what that costs;
  ///     0 for not at all
  /// @param seed what shuffles the order of the cells
  /// @param focus what is measured instead of every combination of clients and rates; null for
  ///     every combination. With a focus, `clients` and `updatesPerSecond` are all that occur in
  ///     it.
  public record Plan(
      String name,
      List<Transport> transports,
      List<Integer> clients,
      List<Double> updatesPerSecond,
      List<Long> pollIntervalsMillis,
      List<Integer> tasks,
      List<Integer> payloads,
      @JacksonInject(value = ResultsFolder.UNKNOWN_DELIVERIES, useInput = OptBoolean.TRUE)
          @JsonInclude(JsonInclude.Include.NON_EMPTY)
          List<Delivery> deliveries,
      @JacksonInject(value = ResultsFolder.UNKNOWN_NETWORKS, useInput = OptBoolean.TRUE)
          @JsonInclude(JsonInclude.Include.NON_EMPTY)
          List<Network> networks,
      double warmUpSeconds,
      double seconds,
      int repeats,
      double idleSeconds,
      long seed,
      @JacksonInject(value = ResultsFolder.UNKNOWN_FOCUS, useInput = OptBoolean.TRUE)
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable Focus focus) {

    private static final int LEAST_UPDATES = 3;

    public Plan {
      requireNonNull(name, "name");
      transports = List.copyOf(transports);
      clients = List.copyOf(clients);
      updatesPerSecond = List.copyOf(updatesPerSecond);
      pollIntervalsMillis = List.copyOf(pollIntervalsMillis);
      tasks = List.copyOf(tasks);
      payloads = List.copyOf(payloads);
      deliveries = List.copyOf(deliveries);
      networks = List.copyOf(networks);
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
          deliveries,
          networks,
          warmUpSeconds,
          seconds,
          repeats,
          idleSeconds,
          seed,
          focus);
    }

    /// The same plan for another server than ours.
    public Plan forTarget() {
      return new Plan(
          name,
          transports,
          clients,
          updatesPerSecond,
          pollIntervalsMillis,
          tasks,
          payloads,
          List.of(),
          networks,
          warmUpSeconds,
          seconds,
          repeats,
          idleSeconds,
          seed,
          focus);
    }

    /// The delivery on which answers, verdicts and the model rest; empty if it is unknown.
    public Optional<Delivery> delivery() {
      return deliveries.stream().findFirst();
    }

    /// How long one repeat publishes with that many clients and updates a second. A rate that is
    /// not the plan's own has at least three updates.
    public double seconds(int ofClients, double atRate) {
      double others =
          updatesPerSecond.contains(atRate) ? seconds : Math.max(seconds, LEAST_UPDATES / atRate);
      return focus == null
          ? others
          : Stream.concat(focus.loads().stream(), Stream.ofNullable(focus.check()))
              .filter(it -> it.clients() == ofClients && it.updatesPerSecond() == atRate)
              .mapToDouble(Load::seconds)
              .findFirst()
              .orElse(others);
    }
  }

  /// What a plan measures that is made for a few questions.
  ///
  /// @param loads measured by each transport, in each of the first `repeats` rounds. After these,
  ///     rounds measure what a further repeat could help, until the time is over.
  /// @param check measured once by each transport, if time is left; null for nothing
  /// @param budgetSeconds the time for all rounds. After the first round no cell begins that would
  ///     not end in it. Null for no limit, and no rounds after the first `repeats`.
  public record Focus(List<Load> loads, @Nullable Load check, @Nullable Double budgetSeconds) {

    public Focus {
      loads = List.copyOf(loads);
    }
  }

  /// What the clients of a cell have to follow.
  ///
  /// @param seconds how long one repeat publishes
  public record Load(int clients, double updatesPerSecond, double seconds) {}

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
