package pushlab.bench.watch;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pushlab.bench.net.Unreachable;

/// The connections of a polling subscriber, one after the other: a server may close each connection
/// after its answer (HTTP/1.0, or `Connection: close`: RFC 9112, section 9.6), or while nothing is
/// asked (section 9.5). Any other end is a fault.
final class PollLink implements Link, SelectorLoop.Connection {

  /// What all links of one loop share. Not thread-safe.
  static final class Shared {
    private final Duration connecting;
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final AnswerReader.Last lastAnswer = new AnswerReader.Last();
    private String lastRequest = "";
    private ByteBuffer encoded = ByteBuffer.allocateDirect(0);

    /// @param connecting how long a first connection may take to open
    Shared(Duration connecting) {
      this.connecting = connecting;
    }

    private ByteBuffer encode(String request) {
      if (!request.equals(lastRequest)) {
        byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
        encoded = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        lastRequest = request;
      }
      return encoded.rewind();
    }
  }

  private final Node node;
  private final InetSocketAddress where;
  private final SelectorLoop loop;
  private final Shared shared;
  private final Counters counters;
  private final PollingClient client;
  private Runnable connected = () -> {};
  private @Nullable SocketChannel socket;
  private AnswerReader reader;
  private boolean begun;

  /// Whether no request is waiting for its answer.
  private boolean rests;

  /// For how long the connection rested before the last request, in nanoseconds.
  private long pause;

  /// Connections to `node`, of which none is open yet.
  ///
  /// @param where the socket address of the node
  PollLink(
      Node node,
      InetSocketAddress where,
      SelectorLoop loop,
      Shared shared,
      Counters counters,
      PollingClient client) {
    this.node = node;
    this.where = where;
    this.loop = loop;
    this.shared = shared;
    this.counters = counters;
    this.client = client;
    this.reader = new AnswerReader(shared.lastAnswer);
  }

  @Override
  public void start(Runnable connected) {
    this.connected = connected;
    connect();
    SocketChannel first = socket;
    loop.schedule(
        () -> {
          if (first != null && first.isConnectionPending()) {
            unreachable(new SocketTimeoutException());
          }
        },
        shared.connecting.toNanos());
  }

  private void connect() {
    rests = false;
    pause = 0;
    begun = false;
    reader = new AnswerReader(shared.lastAnswer);
    try {
      socket = SocketChannel.open();
      socket.configureBlocking(false);
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      boolean done = socket.connect(where);
      SelectionKey key = loop.register(socket, SelectionKey.OP_CONNECT, this);
      if (done) {
        ready(key);
      }
    } catch (IOException e) {
      unreachable(e);
    }
  }

  private void unreachable(IOException cause) {
    counters.error(Unreachable.reason(node.address(), cause));
    close();
  }

  @Override
  public void ready(SelectionKey key) {
    if (key.interestOps() == SelectionKey.OP_READ) {
      read((SocketChannel) key.channel());
      return;
    }
    try {
      if (!((SocketChannel) key.channel()).finishConnect()) {
        return;
      }
      key.interestOps(SelectionKey.OP_READ);
    } catch (IOException e) {
      unreachable(e);
      return;
    }
    counters.connections++;
    connected.run();
    connected = () -> {};
    ask();
  }

  private void read(SocketChannel from) {
    ByteBuffer in = shared.in.clear();
    int length;
    try {
      length = from.read(in);
    } catch (IOException _) {
      length = -1;
    }
    try {
      if (length < 0) {
        counters.readAt = System.nanoTime();
        ended();
        return;
      }
      counters.read(length, begun ? Counters.LATER : in.get(0));
      begun = true;
      FullHttpResponse answer = reader.read(in.flip());
      if (answer != null) {
        answered(answer, HttpUtil.isKeepAlive(answer));
      }
    } catch (RuntimeException e) {
      counters.error(String.valueOf(e.getMessage()));
      close();
    }
  }

  private void ended() {
    FullHttpResponse last = reader.end();
    if (last != null) {
      answered(last, false);
    } else {
      lost();
    }
  }

  /// The server has closed the connection without an answer. If it may have done so while the
  /// connection rested, the client asks again (RFC 9112, section 9.3.1).
  private void lost() {
    boolean closedAtRest = pause > 0 && reader.isBetween();
    close();
    if (rests || counters.leaving) {
      return;
    }
    if (closedAtRest) {
      connect();
    } else {
      counters.disconnects++;
    }
  }

  private void answered(FullHttpResponse answer, boolean keepsConnection) {
    if (!keepsConnection) {
      close();
    }
    try {
      pause = client.answered(answer);
    } finally {
      answer.release();
    }
    rests = true;
    if (pause == 0) {
      loop.execute(this::ask);
    } else {
      loop.schedule(this::ask, pause);
    }
  }

  private void ask() {
    if (counters.leaving) {
      leave();
    } else if (socket == null || !socket.isOpen()) {
      connect();
    } else {
      rests = false;
      counters.requests++;
      send(socket, shared.encode(client.request()));
    }
  }

  private void send(SocketChannel to, ByteBuffer request) {
    try {
      counters.bytesIn += to.write(request);
      if (request.hasRemaining()) {
        throw new IOException("the server does not read");
      }
    } catch (IOException _) {
      lost();
    }
  }

  @Override
  public boolean isThere() {
    return socket != null && (socket.isOpen() || (rests && !counters.leaving));
  }

  @Override
  public void leave() {
    try {
      if (socket != null && socket.isConnected()) {
        socket.shutdownOutput();
      }
    } catch (IOException _) {
      // The server has closed the connection.
    }
  }

  @Override
  public void close() {
    reader.close();
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException _) {
      // It is closed.
    }
  }
}
