package pushlab.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import pushlab.bench.gatling.GatlingLoad;
import pushlab.bench.gatling.GatlingSuite;
import pushlab.bench.host.ChildProcess;
import pushlab.bench.jmh.JmhSuite;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.result.Said;
import pushlab.report.result.Transport;
import pushlab.report.text.Phrase;
import pushlab.report.text.Remark;

/// Runs the two instruments beside the watch, each in its own process: JMH, then one Gatling
/// simulation for each transport.
final class Suites {

  private static final double SHORT_JMH_SECONDS = 30;
  private static final double LONG_JMH_SECONDS = 60;
  private static final int RAMP_SECONDS = 1;
  private static final int SHORT_HOLD_SECONDS = 2;
  private static final int LONG_HOLD_SECONDS = 10;
  private static final double SECONDS_AROUND_A_SIMULATION = 5;

  private final ResultsFolder folder;
  private final Run.Plan plan;
  private final ServerUnderTest subject;
  private final Consumer<Said> remark;

  /// @param remark receives a sentence about each suite that fails
  Suites(ResultsFolder folder, Run.Plan plan, ServerUnderTest subject, Consumer<Said> remark) {
    this.folder = folder;
    this.plan = plan;
    this.subject = subject;
    this.remark = remark;
  }

  static double expectedSeconds(Run.Plan plan) {
    return jmhSeconds(plan) + plan.transports().size() * simulationSeconds(plan);
  }

  void run(Progress progress) throws IOException, InterruptedException {
    progress.step(Phrase.verbatim("JMH"), jmhSeconds(plan));
    Path json = folder.jmhJson();
    run(
        Said.verbatim("JMH"),
        "jmh.log",
        JmhSuite.command(
            JmhSuite.Effort.QUICK,
            subject.address(),
            plan.transports(),
            json,
            isLong(plan) ? JmhSuite.BESIDE_OTHERS : JmhSuite.OWN));
    progress.done();
    for (Transport transport : plan.transports()) {
      progress.step(
          Phrase.joined(": ", List.of(Phrase.verbatim("Gatling"), Phrase.of(transport))),
          simulationSeconds(plan));
      Path gatling = Files.createDirectories(folder.gatling());
      run(
          Remark.simulation(transport),
          "gatling-%s.log".formatted(transport),
          GatlingSuite.command(transport, load(), gatling));
      progress.done();
    }
  }

  private void run(Said what, String log, List<String> command)
      throws IOException, InterruptedException {
    Path logs = Files.createDirectories(folder.path().resolve("logs"));
    int exit = ChildProcess.run(command, logs.resolve(log));
    if (exit != 0) {
      remark.accept(Remark.SUITE_FAILED.say(what, exit, log));
    }
  }

  private GatlingLoad load() {
    return new GatlingLoad(
        subject.address(),
        Collections.max(plan.clients()),
        Duration.ofSeconds(RAMP_SECONDS),
        Duration.ofSeconds(holdSeconds(plan)),
        1,
        Duration.ofMillis(plan.pollIntervalsMillis().getFirst()),
        subject.pollHold());
  }

  private static double simulationSeconds(Run.Plan plan) {
    return RAMP_SECONDS + holdSeconds(plan) + SECONDS_AROUND_A_SIMULATION;
  }

  private static int holdSeconds(Run.Plan plan) {
    return isLong(plan) ? LONG_HOLD_SECONDS : SHORT_HOLD_SECONDS;
  }

  private static double jmhSeconds(Run.Plan plan) {
    return isLong(plan) ? LONG_JMH_SECONDS : SHORT_JMH_SECONDS;
  }

  private static boolean isLong(Run.Plan plan) {
    return plan.name().equals("standard") || plan.name().equals("full");
  }
}
