package pushlab.server.net.loop;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.server.transport.HeldPolls.Held;
import pushlab.server.transport.PlainPoll;

/// A connection that a [PollLoop] serves: it holds one poll, or waits for the next. For the loop's
/// thread.
final class PolledConnection {

  private static final byte[] NOTHING = {};

  private final PollLoop loop;
  private final SocketChannel socket;
  private final SelectionKey key;
  private final Owner owner;
  private final Runnable woken;
  private @Nullable Held held;
  private byte[] early = NOTHING;
  private String target = "";
  private long began;
  private int heard;

  /// A connection that is read when `selector` says so.
  PolledConnection(PollLoop loop, SocketChannel socket, Selector selector, Owner owner)
      throws IOException {
    this.loop = loop;
    this.socket = socket;
    this.owner = owner;
    Runnable answer = () -> loop.guard(this, this::answerIfOver);
    this.woken = () -> loop.execute(answer);
    socket.configureBlocking(false);
    this.key = socket.register(selector, SelectionKey.OP_READ, this);
  }

  /// Reads what has arrived. What arrives while a poll is held waits for its answer.
  void read() throws IOException {
    int length = loop.read(socket);
    if (length < 0) {
      end();
    } else if (length > 0 && held != null) {
      early = Arrays.copyOf(loop.arrived(), length);
      key.interestOps(0);
    } else if (length > 0) {
      receive(loop.arrived(), length);
    }
  }

  /// The first `length` of `bytes` have arrived, and no poll is held.
  void receive(byte[] bytes, int length) throws IOException {
    heard = loop.clock().now();
    Optional<PlainPoll> poll = loop.requests().read(bytes, length);
    held = poll.flatMap(plain -> loop.polls().hold(plain, woken)).orElse(null);
    if (held == null) {
      giveBack(new GivenBack(NOTHING, () -> {}, Arrays.copyOf(bytes, length)));
      return;
    }
    began = System.nanoTime();
    target = poll.orElseThrow().target();
    answerIfOver();
  }

  private void answerIfOver() throws IOException {
    Held over = held;
    if (over == null || !over.isOver()) {
      return;
    }
    held = null;
    // A request that has arrived already gets an answer, and then the connection is closed.
    boolean closes = loop.isStopping() && early.length == 0;
    ByteBuffer out = loop.out();
    int status = over.answer(out, closes);
    int length = out.flip().remaining();
    try {
      socket.write(out);
    } catch (IOException _) {
      log(null, 0);
      end();
      return;
    }
    heard = loop.clock().now();
    if (out.hasRemaining()) {
      byte[] unsent = new byte[out.remaining()];
      out.get(unsent);
      giveBack(new GivenBack(unsent, () -> written(over, status, length), early));
      return;
    }
    written(over, status, length);
    if (closes) {
      end();
    } else if (early.length > 0) {
      byte[] next = early;
      early = NOTHING;
      key.interestOps(SelectionKey.OP_READ);
      receive(next, next.length);
    }
  }

  private void written(Held over, int status, long length) {
    over.written();
    log(status, length);
  }

  private void giveBack(GivenBack back) {
    key.cancel();
    loop.letGo(
        () -> {
          try {
            socket.configureBlocking(true);
          } catch (IOException _) {
            // It is closed, as its owner will find out.
          }
          owner.takeBack(back);
        });
  }

  /// Ends this connection if no poll is held.
  void endIfUnused() {
    if (held == null) {
      end();
    }
  }

  /// Ends this connection if no poll is held and nothing has arrived for longer than `idle`.
  void endIfIdleFor(Duration idle) {
    if (held == null && loop.clock().now() - heard > idle.toSeconds()) {
      end();
    }
  }

  /// Ends this connection, if it has not been given back or ended before.
  void end() {
    if (!key.isValid()) {
      return;
    }
    if (held != null) {
      held.leave();
      held = null;
      log(null, 0);
    }
    close(socket);
    owner.ended();
  }

  /// Closes `socket`, and never fails.
  static void close(SocketChannel socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is closed all the same.
    }
  }

  private SocketAddress client() {
    return socket.socket().getRemoteSocketAddress();
  }

  private void log(@Nullable Integer status, long bytes) {
    loop.log().ifPresent(log -> log.answered(client(), target, began, status, bytes));
  }
}
