package pushlab.bench.herd;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import pushlab.report.result.Percentiles;
import pushlab.report.result.herd.HerdEvent;
import pushlab.report.result.herd.HerdTrial;

/// One event that a herd goes through, from the first connection to the last client that is back.
final class Trial {

  /// Over loopback.
  private static final Duration CONNECTING = Duration.ofSeconds(60);

  /// Over loopback.
  private static final Duration DELIVERING = Duration.ofSeconds(30);

  /// For how long it waits for the last client, beside twice the longest wait of a client.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// So that the connecting of the clients is over for the server, and is not counted.
  private static final Duration QUIET = Duration.ofMillis(500);

  /// The heartbeat of our server by default.
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Case what;
  private final Subject server;
  private final Updates updates;

  /// @param server runs, and has no other clients
  Trial(Case what, Subject server) {
    this.what = what;
    this.server = server;
    this.updates = new Updates(server.publisher());
  }

  /// Goes through the event, and returns what was seen.
  ///
  /// @throws IOException if the clients do not connect, or the server does not start again
  /// @throws InterruptedException if the thread was interrupted
  HerdTrial run() throws IOException, InterruptedException {
    var reconnect = new Reconnect(what.window(), what.obeys());
    var habits = new Habits(what.transport(), reconnect, what.hold(), HEARTBEAT);
    try (var herd = new Herd(server.address(), habits, what.clients())) {
      herd.connect(CONNECTING.plus(overNetwork()));
      Position first = updates.publish();
      long held = System.nanoTime();
      herd.awaitAll(first, DELIVERING.plus(overNetwork()));
      Thread.sleep(QUIET);
      return event(herd, held);
    }
  }

  private HerdTrial event(Herd herd, long held) throws IOException, InterruptedException {
    Optional<Duration> before = server.cpuTime();
    if (what.endsHolds()) {
      sleepUntil(held + firstEnd().toNanos());
    }
    Instant at = Instant.now();
    long begun = System.nanoTime();
    herd.event(begun, what.endsHolds());
    switch (what.event()) {
      case UPDATE, HOLD_END -> {}
      case RESTART -> server.restart();
      case KILL -> server.killAndStart();
      case CUT -> cut(herd, begun);
    }
    double gone = what.event().endsConnections() ? seconds(System.nanoTime() - begun) : 0;
    if (what.event() != HerdEvent.CUT && !what.endsHolds()) {
      herd.setTarget(updates.publish());
    }
    int back = herd.awaitBack(atMost());
    double waited = seconds(System.nanoTime() - begun);
    Tally.Result seen = herd.result();
    return new HerdTrial(
        what.id(),
        at,
        what.transport(),
        what.event(),
        what.settings(),
        what.network(),
        what.clients(),
        gone,
        waited,
        Percentiles.of(seen.backMicros()),
        what.clients() - back,
        seen.attempts(),
        seen.refused(),
        seen.failed(),
        seen.requests(),
        seen.turnedAway(),
        seen.missed(),
        seen.mostAttempts(),
        seen.mostRequests(),
        before.flatMap(this::cpuMicrosSince).orElse(null),
        herd.busiestShare(),
        Tally.STEP_MILLIS,
        seen.timeline());
  }

  /// Publishes the update in the middle, so that clients do not have it when packets pass again.
  private void cut(Herd herd, long begun) throws IOException, InterruptedException {
    server.cut();
    sleepUntil(begun + Case.CUT.toNanos() / 2);
    herd.setTarget(updates.publish());
    sleepUntil(begun + Case.CUT.toNanos());
    server.restore();
  }

  /// For how much longer a network lets it wait. Packets that are lost are sent again.
  private Duration overNetwork() {
    return what.networkTime().multipliedBy(3);
  }

  private Optional<Long> cpuMicrosSince(Duration before) {
    return server.cpuTime().map(now -> now.minus(before).toNanos() / 1000);
  }

  /// When the first hold that the update began may end. The holds began a little later.
  private Duration firstEnd() {
    long nanos = what.hold().toNanos();
    return Duration.ofNanos(Math.round(nanos * (1 - what.holdSpread())));
  }

  private Duration atMost() {
    Duration longest = new Reconnect(what.window(), what.obeys()).bound(Integer.MAX_VALUE);
    Duration near =
        switch (what.event()) {
          case UPDATE -> DELIVERING;
          case HOLD_END -> what.hold().plus(DELIVERING);
          case RESTART, KILL, CUT -> longest.multipliedBy(2).plus(PATIENCE);
        };
    return near.plus(overNetwork());
  }

  private static void sleepUntil(long moment) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(Math.max(0, moment - System.nanoTime())));
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
