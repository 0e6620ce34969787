package pushlab.server.transport;

import io.helidon.http.Header;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import pushlab.server.http.Problem;
import pushlab.server.state.Hold;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;
import pushlab.server.state.Tasks;
import pushlab.server.state.VersionedState;

/// [LongPolling] as data: what it does for a request in a thread, this class does without one, for
/// requests that are plain. The answers are the same.
public final class HeldPolls {

  private final Tasks tasks;
  private final Deliveries deliveries;
  private final Duration hold;

  /// Header line.
  private final String pollHold;

  /// Polls that are held for `hold`, unless they ask for another time.
  public HeldPolls(Tasks tasks, Deliveries deliveries, Duration hold) {
    this.tasks = tasks;
    this.deliveries = deliveries;
    this.hold = hold;
    this.pollHold = PollAnswer.line(Wire.pollHold(hold));
  }

  /// Begins to hold `poll`.
  ///
  /// @param woken runs in another thread when [Held#isOver] may have changed; it must not block
  /// @return empty if only [LongPolling] can answer: the task is not known here, the subscriber has
  ///     seen a later version than this server, or no more subscribers are accepted
  public Optional<Held> hold(PlainPoll poll, Runnable woken) {
    var seen = new Position(poll.epoch(), poll.version());
    Duration patience = poll.waitMillis() < 0 ? hold : Duration.ofMillis(poll.waitMillis());
    return tasks
        .known(poll.task() == null ? Tasks.DEFAULT : poll.task())
        .flatMap(
            state ->
                state
                    .hold(seen, LongPolling.spread(patience), woken)
                    .flatMap(hold -> admit(state, seen, hold)));
  }

  private Optional<Held> admit(VersionedState state, Position seen, Hold hold) {
    try {
      return Optional.of(new Held(state, seen, hold, deliveries.admit()));
    } catch (Problem _) {
      return Optional.empty();
    }
  }

  /// One held poll. For one thread.
  public final class Held {

    private final VersionedState state;
    private final Position seen;
    private final Hold hold;
    private final Deliveries.Subscriber subscriber;

    private Held(VersionedState state, Position seen, Hold hold, Deliveries.Subscriber subscriber) {
      this.state = state;
      this.seen = seen;
      this.hold = hold;
      this.subscriber = subscriber;
    }

    /// Whether the poll is to be answered now. If not, `woken` runs later, once.
    public boolean isOver() {
      return hold.isOver();
    }

    /// Ends the hold, and puts the whole answer into `out`.
    ///
    /// @param closes whether the connection is closed afterwards
    /// @return the status
    public int answer(ByteBuffer out, boolean closes) {
      subscriber.close();
      String stale = state.lostSince().map(Wire::stale).map(PollAnswer::line).orElse("");
      Optional<Snapshot> newer = hold.newer();
      if (newer.isEmpty()) {
        Header tag = Wire.etag(state.epoch(), seen.version());
        PollAnswer.putNoContent(out, PollAnswer.nothing(tag, closes, pollHold + stale));
        return 204;
      }
      Encoded encoded = Encoded.of(newer.get());
      boolean isUsual = stale.isEmpty() && !closes;
      PollAnswer.putOk(
          out,
          isUsual ? encoded.poll : PollAnswer.snapshot(encoded.json, encoded.tag, closes, stale));
      return 200;
    }

    /// Counts the answer, which has been written.
    public void written() {
      hold.newer().ifPresent(snapshot -> subscriber.took(snapshot, seen));
    }

    /// The subscriber has gone before its answer.
    public void leave() {
      hold.leave();
      subscriber.close();
    }
  }
}
