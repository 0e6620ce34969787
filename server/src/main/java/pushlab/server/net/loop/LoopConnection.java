package pushlab.server.net.loop;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pushlab.server.net.line.Bounds;
import pushlab.server.transport.AsData;
import pushlab.server.transport.Held;

/// A connection that an [EventLoop] serves. Its subscriber waits as data, or its client is to send
/// the next poll. For the loop's thread.
final class LoopConnection {

  private static final byte[] NOTHING = {};

  private final EventLoop loop;
  private final SocketChannel socket;
  private final SelectionKey key;
  private final Owner owner;
  private final Runnable woken;
  private @Nullable Held held;
  private byte[] early = NOTHING;
  private @Nullable ByteBuffer unsent;
  private int putBytes;
  private int unsentSince;
  private int heard;

  /// A connection that is read when `selector` says so.
  LoopConnection(EventLoop loop, SocketChannel socket, Selector selector, Owner owner)
      throws IOException {
    this.loop = loop;
    this.socket = socket;
    this.owner = owner;
    Runnable write = () -> loop.guard(this, this::write);
    this.woken = () -> loop.later(write);
    socket.configureBlocking(false);
    this.key = socket.register(selector, SelectionKey.OP_READ, this);
  }

  /// Begins to serve the subscriber that waits by `data`.
  void begin(AsData data) throws IOException {
    heard = loop.clock().now();
    held = data.start(this::client, woken).orElse(null);
    if (held == null) {
      giveBack(data.request(), null);
    } else {
      write();
    }
  }

  /// Does what the socket is ready for.
  void ready() throws IOException {
    if (key.isWritable()) {
      write();
    }
    if (key.isValid() && key.isReadable()) {
      read();
    }
  }

  private void read() throws IOException {
    int length = loop.read(socket);
    if (length > 0) {
      heard = loop.clock().now();
      receive(loop.arrived(), length);
    } else if (length < 0) {
      end();
    }
  }

  /// The first `length` of `bytes` have arrived. They are the next poll, or wait until the held one
  /// is answered, or are for a thread.
  private void receive(byte[] bytes, int length) throws IOException {
    if (held == null) {
      held =
          loop.requests()
              .read(bytes, length)
              .flatMap(poll -> loop.polls().hold(poll, this::client, woken))
              .orElse(null);
      if (held == null) {
        giveBack(Arrays.copyOf(bytes, length), null);
      } else {
        write();
      }
      return;
    }
    Held.Next next = held.received(bytes, length);
    if (next == Held.Next.REQUEST || unsent != null) {
      early = Arrays.copyOf(bytes, length);
      wantRead(false);
    } else if (next == Held.Next.THREAD) {
      giveBack(Arrays.copyOf(bytes, length), held);
    }
  }

  /// Writes what there is to write, until the subscriber waits or the client takes no more.
  private void write() throws IOException {
    if (closes()) {
      // What has arrived meanwhile is a reason not to close. Bytes that are left unread would reset
      // the connection, and the client could lose its answer.
      read();
    }
    while (key.isValid() && held != null && (unsent != null || held.isOver())) {
      ByteBuffer out = unsent;
      if (out == null) {
        out = loop.out();
        // A request that has arrived already is answered before the connection is closed.
        held.put(out, closes());
        putBytes = out.flip().remaining();
      }
      socket.write(out);
      if (out.hasRemaining()) {
        keep(out);
        return;
      }
      if (unsent != null) {
        unsent = null;
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
      }
      goOn(held.written(putBytes));
    }
  }

  /// Keeps the rest of `out` until the client takes more.
  private void keep(ByteBuffer out) {
    if (unsent == null) {
      byte[] rest = new byte[out.remaining()];
      out.get(rest);
      unsent = ByteBuffer.wrap(rest);
      unsentSince = loop.clock().now();
      key.interestOpsOr(SelectionKey.OP_WRITE);
    }
  }

  private boolean closes() {
    return loop.isStopping() && early.length == 0;
  }

  private void goOn(Held.Next next) throws IOException {
    switch (next) {
      case WAIT -> receiveEarly();
      case REQUEST -> {
        held = null;
        heard = loop.clock().now();
        if (closes()) {
          end();
        } else {
          receiveEarly();
        }
      }
      case THREAD -> giveBack(early, held);
      case END -> {
        held = null;
        end();
      }
    }
  }

  /// Has a second look at what waited for its turn.
  private void receiveEarly() throws IOException {
    if (early.length > 0) {
      byte[] bytes = early;
      early = NOTHING;
      wantRead(true);
      receive(bytes, bytes.length);
    }
  }

  private void wantRead(boolean wanted) {
    if (wanted) {
      key.interestOpsOr(SelectionKey.OP_READ);
    } else {
      key.interestOpsAnd(~SelectionKey.OP_READ);
    }
  }

  private void giveBack(byte[] arrived, @Nullable Held subscriber) {
    held = null;
    key.cancel();
    loop.letGo(
        () -> {
          try {
            socket.configureBlocking(true);
            owner.takeBack(new GivenBack(arrived, subscriber));
          } catch (IOException _) {
            if (subscriber != null) {
              subscriber.leave();
            }
            close(socket);
            owner.ended();
          }
        });
  }

  /// Ends this connection if a write has been waiting for longer than `bounds` allow.
  void look(Bounds bounds) {
    if (unsent != null && hasLasted(unsentSince, bounds.write().toSeconds())) {
      end();
    }
  }

  /// Ends this connection if it waits for its client, and nothing has arrived for longer than
  /// `bounds` allow.
  void endIfIdle(Bounds bounds) {
    if ((held == null || held.canIdle()) && hasLasted(heard, bounds.idle().toSeconds())) {
      end();
    }
  }

  private boolean hasLasted(int since, long seconds) {
    return loop.clock().now() - since > seconds;
  }

  /// Ends this connection if no subscriber waits on it.
  void endIfUnused() {
    if (held == null) {
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
}
