package pushlab.server.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import pushlab.server.state.Hold;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;
import pushlab.server.state.VersionedState;

/// A streamed answer as data: what [ServerSentEvents] and [NdjsonStream] do in a thread once the
/// stream has begun.
final class HeldStream implements Held {

  /// How the streams of one transport are written.
  ///
  /// @param chunk a version, or a heartbeat, as a chunk
  /// @param patience how long to wait for a newer version before a heartbeat
  record Form(Function<Optional<Snapshot>, byte[]> chunk, Duration patience) {}

  private final VersionedState state;
  private final Form form;
  private final Deliveries.Subscriber subscriber;
  private final Runnable woken;
  private Position seen;
  private Hold hold;

  private HeldStream(
      VersionedState state,
      Position seen,
      Form form,
      Deliveries.Subscriber subscriber,
      Hold hold,
      Runnable woken) {
    this.state = state;
    this.seen = seen;
    this.form = form;
    this.subscriber = subscriber;
    this.hold = hold;
    this.woken = woken;
  }

  /// The stream of `subscriber`, which is at `seen`, from now on.
  ///
  /// @return empty if the subscriber has seen a later version than this server
  static Optional<HeldStream> of(
      VersionedState state,
      Position seen,
      Form form,
      Deliveries.Subscriber subscriber,
      Runnable woken) {
    return state
        .hold(seen, form.patience, woken)
        .map(hold -> new HeldStream(state, seen, form, subscriber, hold, woken));
  }

  @Override
  public boolean isOver() {
    return hold.isOver();
  }

  @Override
  public void put(ByteBuffer out, boolean closes) {
    out.put(form.chunk.apply(hold.newer()));
  }

  @Override
  public Next written(int bytes) {
    hold.newer()
        .ifPresent(
            snapshot -> {
              subscriber.took(snapshot, seen);
              seen = Wire.position(snapshot);
            });
    if (state.isClosed()) {
      subscriber.close();
      return Next.END;
    }
    hold = state.hold(seen, form.patience, woken).orElseThrow();
    return Next.WAIT;
  }

  @Override
  public void leave() {
    hold.leave();
    subscriber.close();
  }
}
