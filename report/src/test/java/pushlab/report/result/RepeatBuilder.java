package pushlab.report.result;

import org.jspecify.annotations.Nullable;
import pushlab.report.result.Repeat.Delays;
import pushlab.report.result.Repeat.Deliveries;
import pushlab.report.result.Repeat.Faults;
import pushlab.report.result.Repeat.Instrument;
import pushlab.report.result.Repeat.Traffic;
import pushlab.report.result.Repeat.Updates;

/// Builds repeats for tests. Unless told otherwise: five updates in five seconds for ten clients,
/// each delivered at once, on a quiet machine.
public final class RepeatBuilder {

  /// A machine that does nothing else.
  public static final Noise QUIET = new Noise(100, 100, 100, 0.3, 0.01, 0, null, null, null);

  /// A server of which nothing is known.
  public static final ServerUse UNKNOWN_SERVER =
      new ServerUse(null, null, null, null, null, null, null, null, null, null);

  private static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0);

  private int number;
  private double seconds = 5;
  private Updates updates = new Updates(5, 0);
  private Deliveries deliveries = new Deliveries(50, 50, 0, 0, 0, 0);
  private Delays delays = new Delays(NONE, NONE, NONE, NONE, 1);
  private Traffic traffic = new Traffic(1, 1, 1, 1);
  private ServerUse server = UNKNOWN_SERVER;
  private Instrument instrument = new Instrument(1, 0.2);
  private double connectMillis = 1;
  private Faults faults = new Faults(0, 0);
  private Noise noise = QUIET;
  private Nodes nodes = Nodes.UNKNOWN;
  private @Nullable Long connections;
  private @Nullable NetworkUse network;

  /// Begins repeat `number`.
  public RepeatBuilder(int number) {
    this.number = number;
  }

  /// Begins with all that `repeat` has.
  public RepeatBuilder(Repeat repeat) {
    number = repeat.number();
    seconds = repeat.seconds();
    updates = repeat.updates();
    deliveries = repeat.deliveries();
    delays = repeat.delays();
    traffic = repeat.traffic();
    server = repeat.server();
    instrument = repeat.instrument();
    connectMillis = repeat.connectMillis();
    faults = repeat.faults();
    noise = repeat.noise();
    nodes = repeat.nodes();
    connections = repeat.connections();
    network = repeat.network();
  }

  public RepeatBuilder seconds(double value) {
    seconds = value;
    return this;
  }

  /// So many updates, all of them sent.
  public RepeatBuilder updates(long due) {
    updates = new Updates(due, 0);
    return this;
  }

  /// All that is expected and was not delivered was skipped.
  public RepeatBuilder delivered(long delivered, long expected) {
    deliveries = new Deliveries(expected, delivered, expected - delivered, 0, 0, 0);
    return this;
  }

  /// `raw` from the moment an update was sent, `corrected` from the moment it was due.
  public RepeatBuilder latency(Percentiles raw, Percentiles corrected) {
    delays = new Delays(raw, corrected, corrected, raw, delays.stalenessMillis());
    return this;
  }

  public RepeatBuilder stalenessMillis(double value) {
    delays =
        new Delays(
            delays.latencyMicros(),
            delays.correctedLatencyMicros(),
            delays.untilLastMicros(),
            delays.answerMicros(),
            value);
    return this;
  }

  public RepeatBuilder traffic(Traffic value) {
    traffic = value;
    return this;
  }

  public RepeatBuilder server(ServerUse value) {
    server = value;
    return this;
  }

  public RepeatBuilder instrument(long cpuMicros, double loopShare) {
    instrument = new Instrument(cpuMicros, loopShare);
    return this;
  }

  public RepeatBuilder connectMillis(double value) {
    connectMillis = value;
    return this;
  }

  public RepeatBuilder errors(long value) {
    faults = new Faults(value, 0);
    return this;
  }

  public RepeatBuilder noise(Noise value) {
    noise = value;
    return this;
  }

  public RepeatBuilder nodes(Nodes value) {
    nodes = value;
    return this;
  }

  /// How many connections clients made anew.
  public RepeatBuilder connections(@Nullable Long value) {
    connections = value;
    return this;
  }

  /// What the network was and did.
  public RepeatBuilder network(@Nullable NetworkUse value) {
    network = value;
    return this;
  }

  public Repeat build() {
    return new Repeat(
        number,
        seconds,
        updates,
        deliveries,
        delays,
        traffic,
        server,
        instrument,
        connectMillis,
        faults,
        noise,
        nodes,
        connections,
        network);
  }
}
