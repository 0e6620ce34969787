package pushlab.report.herd;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Network;
import pushlab.report.result.Percentiles;
import pushlab.report.result.Transport;
import pushlab.report.result.herd.HerdEvent;
import pushlab.report.result.herd.HerdSettings;
import pushlab.report.result.herd.HerdTrial;

/// Makes trials of a herd: 1,000 clients that come back at an even rate.
public final class Trials {

  private static final int STEP_MILLIS = 100;

  private HerdEvent event = HerdEvent.KILL;
  private Transport transport = Transport.LONG_POLLING;
  private int clients = 1000;
  private double window;
  private @Nullable Double spread;
  private @Nullable Double said;
  private @Nullable Integer accepts;
  private @Nullable Network network;
  private double gone = 1;
  private double firstBack = 1;
  private double lastBack = 2;
  private int notBack;
  private long mostAttempts = 1000;
  private long mostRequests = 1000;
  private int repeat;
  private double instrumentShare = 0.2;

  private Trials() {}

  /// A kill that all long pollers come back from within a second.
  public static Trials trial() {
    return new Trials();
  }

  public Trials event(HerdEvent event) {
    this.event = event;
    return this;
  }

  public Trials transport(Transport transport) {
    this.transport = transport;
    return this;
  }

  public Trials clients(int clients) {
    this.clients = clients;
    return this;
  }

  /// The reconnect window in seconds.
  public Trials window(double seconds) {
    this.window = seconds;
    return this;
  }

  public Trials spread(double share) {
    this.spread = share;
    return this;
  }

  public Trials said(double seconds) {
    this.said = seconds;
    return this;
  }

  public Trials accepts(int perSecond) {
    this.accepts = perSecond;
    return this;
  }

  public Trials network(Network network) {
    this.network = network;
    return this;
  }

  public Trials gone(double seconds) {
    this.gone = seconds;
    return this;
  }

  /// Clients come back at an even rate, from one moment to another, in seconds.
  public Trials back(double first, double last) {
    this.firstBack = first;
    this.lastBack = last;
    return this;
  }

  public Trials notBack(int clients) {
    this.notBack = clients;
    return this;
  }

  /// Attempts and requests in the busiest second.
  public Trials most(long attempts, long requests) {
    this.mostAttempts = attempts;
    this.mostRequests = requests;
    return this;
  }

  /// How busy the clients themselves were.
  public Trials instrumentShare(double share) {
    this.instrumentShare = share;
    return this;
  }

  /// Which repeat it is; from 0.
  public Trials repeat(int number) {
    this.repeat = number;
    return this;
  }

  /// The trial.
  public HerdTrial get() {
    int steps = (int) Math.ceil(lastBack * 1000 / STEP_MILLIS);
    int first = (int) Math.floor(firstBack * 1000 / STEP_MILLIS);
    int came = clients - notBack;
    var timeline = new ArrayList<HerdTrial.Step>();
    for (int step = 0; step < steps; step++) {
      boolean away = step < first;
      int since = step - first;
      int during = Math.max(1, steps - first);
      int back = away ? 0 : came * (since + 1) / during - came * since / during;
      int attempts = away ? (int) (mostAttempts * STEP_MILLIS / 1000) : back;
      timeline.add(new HerdTrial.Step(attempts, away ? attempts : 0, back, back));
    }
    long attempts = timeline.stream().mapToLong(HerdTrial.Step::attempts).sum();
    long refused = timeline.stream().mapToLong(HerdTrial.Step::refused).sum();
    return new HerdTrial(
        id(),
        Instant.parse("2026-11-28T06:00:00Z"),
        transport,
        event,
        new HerdSettings(
            transport == Transport.LONG_POLLING ? 25.0 : null, spread, window, said, accepts),
        network,
        clients,
        gone,
        60,
        percentiles(),
        notBack,
        attempts,
        refused,
        0,
        came,
        0,
        event.endsConnections() ? clients : 0,
        mostAttempts,
        mostRequests,
        850_000L,
        instrumentShare,
        STEP_MILLIS,
        List.copyOf(timeline));
  }

  private String id() {
    return "%s-%s-%s-%d"
        .formatted(event.id(), transport.id(), spread == null ? window : spread, repeat);
  }

  private Percentiles percentiles() {
    return new Percentiles(at(0.5), at(0.9), at(0.99), at(0.999), at(1));
  }

  private long at(double share) {
    return Math.round(1_000_000 * (firstBack + share * (lastBack - firstBack)));
  }
}
