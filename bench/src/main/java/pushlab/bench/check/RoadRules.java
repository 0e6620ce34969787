package pushlab.bench.check;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pushlab.bench.check.CheckedServer.SeenSnapshot;
import pushlab.bench.check.QuietTime.Held;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;

/// The rules about the road, which is what stands between client and server. None of them blames
/// the server, unless it does the same at its own address.
final class RoadRules {

  private static final int TIMED = 10;
  private static final int ON_ONE_CONNECTION = 8;

  private final CheckedServer server;
  private final Limits limits;
  private final Road road;
  private final QuietTime quiet;
  private final WebSocketRules sockets;

  /// @param road what the rules before have seen of it
  RoadRules(
      CheckedServer server, Limits limits, Road road, QuietTime quiet, WebSocketRules sockets) {
    this.server = server;
    this.limits = limits;
    this.road = road;
    this.quiet = quiet;
    this.sockets = sockets;
  }

  Rule.Group group() {
    return new Rule.Group(
        "What stands between",
        Rule.Group.Kind.ROAD,
        List.of(
            rule(RoadFault.DROPS_UPGRADE, this::passesUpgradeOn),
            rule(RoadFault.CHANGES_HOST, this::passesHostOn),
            rule(RoadFault.COLLECTS, this::passesEventsOn),
            rule(RoadFault.DELAYS, this::passesOnInTime),
            rule(RoadFault.CUTS_HOLDS, () -> tell(RoadFault.CUTS_HOLDS)),
            rule(RoadFault.CUTS_SILENCE, this::keepsSilentStreams),
            rule(RoadFault.COLLAPSES, this::passesEqualPollsOn),
            rule(RoadFault.CLOSES_KEPT, this::answersOnKeptConnections)));
  }

  /// A rule that is broken by `fault` only. Whatever else goes wrong belongs to other rules.
  private static Rule rule(RoadFault fault, Rule.Experiment experiment) {
    return fault.rule(
        () -> {
          try {
            experiment.run();
          } catch (Broken e) {
            if (e.suspicion().filter(suspicion -> suspicion.fault() == fault).isEmpty()) {
              throw new Skipped(String.valueOf(e.getMessage()));
            }
            throw e;
          } catch (ConnectException e) {
            throw e;
          } catch (IOException e) {
            throw new Skipped("no answer: " + Quote.of(String.valueOf(e.getMessage())));
          }
        });
  }

  /// Throws if a rule before was broken by `fault`.
  private void tell(RoadFault fault) throws Broken, Skipped {
    Optional<Road.Sighting> sighting = road.of(fault);
    if (sighting.isPresent()) {
      Road.Sighting seen = sighting.get();
      if (!seen.roads()) {
        throw new Skipped(
            "'%s' is broken, and nothing shows that the road is the cause".formatted(seen.rule()));
      }
      throw seen.shown() ? Broken.by(fault, seen.found()) : Broken.maybeBy(fault, seen.found());
    }
  }

  private void passesUpgradeOn() throws Broken, Skipped, IOException, InterruptedException {
    tell(RoadFault.DROPS_UPGRADE);
    try {
      sockets.open("").close();
    } catch (Skipped e) {
      if (!road.isCompared()) {
        throw e;
      }
      throw Broken.maybeBy(RoadFault.DROPS_UPGRADE, String.valueOf(e.getMessage()));
    }
  }

  private void passesHostOn() throws Broken, Skipped, IOException, InterruptedException {
    tell(RoadFault.CHANGES_HOST);
    OwnPage.Update update = new OwnPage(server, limits).update();
    if (update.refused().isEmpty()) {
      return;
    }
    HttpAnswer refused = update.refused().get();
    String found =
        "an update with Origin: %s was answered %s, and without Origin it was accepted"
            .formatted(update.origin(), refused);
    throw refused.isAboutHost()
        ? Broken.by(RoadFault.CHANGES_HOST, found)
        : Broken.maybeBy(RoadFault.CHANGES_HOST, found);
  }

  private void passesEventsOn() throws Broken, Skipped, IOException, InterruptedException {
    tell(RoadFault.COLLECTS);
    if (quiet.seen().streams().stream().noneMatch(name -> name.endsWith("stream"))) {
      throw new Skipped("no stream opens at this address");
    }
  }

  /// The time for a connection is subtracted, because a far server may be far. One update in time
  /// is enough, because a busy machine delays some.
  private void passesOnInTime() throws Broken, Skipped, IOException, InterruptedException {
    tell(RoadFault.DELAYS);
    Duration connection = server.connectionTime();
    Duration quickest = limits.longestHold();
    for (int update = 0; update < TIMED; update++) {
      SeenSnapshot before = server.current();
      Call poll = server.poll(before.version());
      long start = System.nanoTime();
      Call sent = server.startUpdate(server.others(before.status()).getFirst());
      server.snapshot(poll.within(limits.atOnce()));
      Duration late = Duration.ofNanos(System.nanoTime() - start).minus(connection);
      server.accepted(sent);
      if (late.compareTo(FeedRules.LATE) < 0) {
        return;
      }
      quickest = late.compareTo(quickest) < 0 ? late : quickest;
    }
    throw Broken.maybeBy(
        RoadFault.DELAYS,
        "each of %d updates arrived %d ms or more after it was sent, besides %d ms for a connection"
            .formatted(TIMED, quickest.toMillis(), connection.toMillis()));
  }

  private void keepsSilentStreams() throws Broken, Skipped, IOException, InterruptedException {
    QuietTime.Seen seen = quiet.seen();
    if (seen.streams().isEmpty()) {
      throw new Skipped("no stream and no WebSocket opens at this address");
    }
    for (Map.Entry<String, Duration> cut : seen.ended().entrySet()) {
      throw Broken.maybeBy(
          RoadFault.CUTS_SILENCE,
          "without an update, the %s ended after %s"
              .formatted(cut.getKey(), Call.seconds(cut.getValue())));
    }
  }

  private void passesEqualPollsOn() throws Broken, Skipped, IOException, InterruptedException {
    QuietTime.Seen seen = quiet.seen();
    Duration last = Duration.ZERO;
    for (Held poll : seen.different()) {
      if (poll.answer().isEmpty()) {
        throw new Skipped("polls that differ are not all answered either");
      }
      last = poll.took().compareTo(last) > 0 ? poll.took() : last;
    }
    if (seen.different().isEmpty()) {
      throw new Skipped("the server does not hold a poll with another query parameter");
    }
    Duration late = last.plus(limits.atOnce());
    long behind =
        seen.equal().stream()
            .filter(poll -> poll.answer().isEmpty() || poll.took().compareTo(late) > 0)
            .count();
    if (behind > 0) {
      throw Broken.by(
          RoadFault.COLLAPSES,
          "%d of %d equal polls had no answer %s after the last of %d that differ by a query parameter"
              .formatted(
                  behind,
                  seen.equal().size(),
                  Call.seconds(shorter(limits.atOnce(), limits.longestHold().minus(last))),
                  seen.different().size()));
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void answersOnKeptConnections() throws Broken, IOException, InterruptedException {
    for (int request = 0; request < ON_ONE_CONNECTION; request++) {
      var _ = server.firstPoll().peek(limits.atOnce());
    }
    if (server.askedAgain() > 0) {
      throw Broken.maybeBy(
          RoadFault.CLOSES_KEPT,
          ("%d requests were sent again on a new connection, as browsers do (RFC 9112, 9.3.1), because"
                  + " their kept connection was closed without an answer")
              .formatted(server.askedAgain()));
    }
  }
}
