package pushlab.bench.herd;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pushlab.bench.net.SnapshotParser;

/// One client of a herd. It keeps the newest version that it was told, notices the end of its
/// connection or too long a silence, waits, and tries again. Not thread-safe: on the loop.
final class Client {

  private enum State {
    /// Waits before its next attempt, or between two short polls.
    WAITING,
    /// Connects, or waits for the first answer on its connection.
    TRYING,
    /// Has been answered on its connection.
    SERVED,
    /// Has left for good.
    LEFT
  }

  private final Herd herd;
  private State state = State.WAITING;
  private Position seen = Position.NONE;
  private @Nullable Channel channel;
  private long since;
  private long seenAt;
  private long said;
  private int waits;
  private boolean back;

  Client(Herd herd) {
    this.herd = herd;
  }

  Position seen() {
    return seen;
  }

  /// Connects, or asks again on the connection if it is open.
  void tryNow() {
    if (state == State.LEFT) {
      return;
    }
    since = System.nanoTime();
    if (channel != null && channel.isActive()) {
      state = State.SERVED;
      ask();
      return;
    }
    state = State.TRYING;
    herd.tally().attempt();
    ChannelFuture connecting = herd.connect(this);
    channel = connecting.channel();
    connecting.addListener(
        (ChannelFuture done) -> {
          if (!done.isSuccess() && done.channel().equals(channel)) {
            notConnected(done.cause());
          }
        });
  }

  private void notConnected(Throwable cause) {
    if (state != State.TRYING) {
      return;
    }
    if (cause instanceof ConnectException && isRefusal(cause)) {
      herd.tally().refused();
    } else {
      herd.tally().failed();
    }
    herd.failed(cause);
    waitAndTry();
  }

  /// Netty uses the same exception for a time-out.
  private static boolean isRefusal(Throwable cause) {
    return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("refused");
  }

  /// Sends a request on the connection, which is open.
  void ask() {
    herd.tally().request();
    if (channel != null) {
      herd.way().ask(channel, this);
    }
  }

  /// Bytes have arrived, or a connection has been made.
  void heard() {
    since = System.nanoTime();
  }

  /// The server has answered as it should, perhaps without news.
  void served() {
    if (state != State.LEFT) {
      state = State.SERVED;
      waits = 0;
    }
  }

  /// The hold of a poll has ended without news.
  void holdEnded() {
    served();
    herd.holdEnded(this);
  }

  /// A snapshot has arrived.
  void received(ByteBuf json) {
    try {
      SnapshotParser.Parsed parsed = herd.parse(json);
      var now = new Position(parsed.epoch(), parsed.version());
      served();
      if (!seen.includes(now)) {
        herd.tally().missed(seen.missedUntil(now));
        seen = now;
        seenAt = System.nanoTime();
      }
      herd.received(this);
    } catch (IOException e) {
      failed(e);
    }
  }

  /// The server has said how long to wait before the next attempt.
  void said(long nanos) {
    said = nanos;
  }

  /// The server has answered that it is too busy.
  void turnedAway() {
    herd.tally().turnedAway();
    herd.failed(new IOException("the server is too busy"));
    waitAndTry();
  }

  /// The server has answered something else than it should.
  void failed(Throwable cause) {
    herd.tally().failed();
    herd.failed(cause);
    waitAndTry();
    close();
  }

  /// The next request is due in `nanos`, on this connection if it is still open then.
  void goOnIn(long nanos) {
    if (nanos == 0) {
      tryNow();
    } else {
      state = State.WAITING;
      herd.schedule(this::tryNow, nanos);
    }
  }

  /// `ended` has ended: a connection of this client, though perhaps not its last one.
  void ended(Channel ended) {
    if (!ended.equals(channel)) {
      return;
    }
    switch (state) {
      case TRYING -> {
        herd.tally().failed();
        herd.failed(new IOException("the server closed a connection without an answer"));
        waitAndTry();
      }
      case SERVED -> waitAndTry();
      case WAITING, LEFT -> {}
    }
  }

  private void waitAndTry() {
    if (state != State.LEFT) {
      state = State.WAITING;
      herd.schedule(this::tryNow, herd.wait(waits++, said));
    }
  }

  /// Gives up a connection that has been silent for too long.
  void look(long now, long untilAnswer, long silence) {
    if ((state == State.TRYING && now - since > untilAnswer)
        || (state == State.SERVED && now - since > silence)) {
      close();
    }
  }

  /// Whether it is at `target` and was not before. Only the first time counts.
  boolean comesBackTo(Position target) {
    if (back || !seen.includes(target)) {
      return false;
    }
    back = true;
    return true;
  }

  /// Whether this is the first end of its hold.
  boolean comesBack() {
    boolean first = !back;
    back = true;
    return first;
  }

  /// When it was told what it holds, in [System#nanoTime].
  long seenAt() {
    return seenAt;
  }

  /// Leaves for good.
  void leave() {
    state = State.LEFT;
    close();
  }

  private void close() {
    if (channel != null) {
      var _ = channel.close();
    }
  }
}
