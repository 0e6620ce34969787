package pushlab.server.transport;

import io.helidon.http.Header;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
  private final HoldSpread spread;
  private final Optional<Answered> log;

  /// `Poll-Hold` as a header line.
  private final String pollHold;

  /// Polls that are held for `hold`, unless they ask for another time. Each of these times is
  /// shortened by `spread`.
  ///
  /// @param log is told of each at its end
  public HeldPolls(
      Tasks tasks,
      Deliveries deliveries,
      Duration hold,
      HoldSpread spread,
      Optional<Answered> log) {
    this.tasks = tasks;
    this.deliveries = deliveries;
    this.hold = hold;
    this.spread = spread;
    this.log = log;
    this.pollHold = PollAnswer.line(Wire.pollHold(hold));
  }

  /// Ends the thread that has read `poll`, so that it is held as data.
  ///
  /// @param request the bytes of the request
  public AsData asData(PlainPoll poll, byte[] request) {
    return new AsData((client, woken) -> hold(poll, client, woken), request);
  }

  /// Begins to hold `poll`.
  ///
  /// @param client gives the client's address
  /// @param woken runs in another thread when [Held#isOver] may have changed; it must not block
  /// @return empty if only [LongPolling] can answer: the task is not known here, the subscriber has
  ///     seen a later version than this server, or no more subscribers are accepted
  public Optional<Held> hold(PlainPoll poll, Supplier<SocketAddress> client, Runnable woken) {
    var seen = new Position(poll.epoch(), poll.version());
    Duration patience = poll.waitMillis() < 0 ? hold : Duration.ofMillis(poll.waitMillis());
    return tasks
        .known(poll.task() == null ? Tasks.DEFAULT : poll.task())
        .flatMap(
            state ->
                state
                    .hold(seen, spread.of(patience), woken)
                    .flatMap(hold -> admit(state, seen, hold, told(poll, client))));
  }

  private Optional<Held> admit(
      VersionedState state, Position seen, Hold hold, @Nullable Told told) {
    try {
      return Optional.of(new HeldPoll(state, seen, hold, deliveries.admit(), told));
    } catch (Problem _) {
      return Optional.empty();
    }
  }

  private @Nullable Told told(PlainPoll poll, Supplier<SocketAddress> client) {
    return log.map(log -> new Told(log, poll.target(), client)).orElse(null);
  }

  /// What the log is told of a poll.
  private static final class Told {

    private final Answered log;
    private final String target;
    private final Supplier<SocketAddress> client;
    private final long began = System.nanoTime();

    private Told(Answered log, String target, Supplier<SocketAddress> client) {
      this.log = log;
      this.target = target;
      this.client = client;
    }

    private void ended(@Nullable Integer status, long bytes) {
      log.answered(client.get(), target, began, status, bytes);
    }
  }

  /// One held poll.
  private final class HeldPoll implements Held {

    private final VersionedState state;
    private final Position seen;
    private final Hold hold;
    private final Deliveries.Subscriber subscriber;
    private final @Nullable Told told;

    private HeldPoll(
        VersionedState state,
        Position seen,
        Hold hold,
        Deliveries.Subscriber subscriber,
        @Nullable Told told) {
      this.state = state;
      this.seen = seen;
      this.hold = hold;
      this.subscriber = subscriber;
      this.told = told;
    }

    @Override
    public boolean isOver() {
      return hold.isOver();
    }

    @Override
    public void put(ByteBuffer out, boolean closes) {
      String stale = state.lostSince().map(Wire::stale).map(PollAnswer::line).orElse("");
      Optional<Snapshot> newer = hold.newer();
      if (newer.isEmpty()) {
        Header tag = Wire.etag(state.epoch(), seen.version());
        PollAnswer.putNoContent(out, PollAnswer.nothing(tag, closes, pollHold + stale));
        return;
      }
      Encoded encoded = Encoded.of(newer.get());
      boolean isUsual = stale.isEmpty() && !closes;
      PollAnswer.putOk(
          out,
          isUsual ? encoded.poll : PollAnswer.snapshot(encoded.json, encoded.tag, closes, stale));
    }

    @Override
    public Next written(int bytes) {
      subscriber.close();
      hold.newer().ifPresent(snapshot -> subscriber.took(snapshot, seen));
      if (told != null) {
        told.ended(hold.newer().isPresent() ? 200 : 204, bytes);
      }
      return Next.REQUEST;
    }

    @Override
    public void leave() {
      hold.leave();
      subscriber.close();
      if (told != null) {
        told.ended(null, 0);
      }
    }
  }
}
