package pushlab.server.net.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import pushlab.server.net.http1.PlainPolls;
import pushlab.server.net.line.Bounds;
import pushlab.server.net.line.SecondsClock;
import pushlab.server.transport.AsData;
import pushlab.server.transport.HeldPolls;

/// A thread that serves subscribers that wait as data: a loop around a [Selector].
///
/// ```
///   virtual thread --a plain poll, a stream--> loop       the thread ends
///   virtual thread <------anything else------- loop       a new thread serves the connection
/// ```
///
/// A subscriber is a few objects here: no thread is parked for it. In each turn the loop reads from
/// the connections on which something has arrived, and then writes to the subscribers whose wait is
/// over. An update makes the whole herd a queue of tasks.
///
/// One thread reads and writes a connection, so its answers keep their order. The loop never waits
/// for a client. Thread-safe.
public final class EventLoop implements Executor, AutoCloseable {

  private static final Logger LOGGER = System.getLogger(EventLoop.class.getName());
  private static final int BUFFER = 16_384;

  private final HeldPolls polls;
  private final PlainPolls requests;
  private final SecondsClock clock;
  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
  private final byte[] arrived = new byte[BUFFER];
  private List<Runnable> leaving = new ArrayList<>();
  private volatile boolean awake;
  private volatile boolean stopping;
  private volatile boolean closed;

  /// A loop that holds `polls` until it is closed.
  ///
  /// @param headerBytes the maximum for the headers of a request
  public EventLoop(HeldPolls polls, int headerBytes, SecondsClock clock) {
    this.polls = polls;
    this.requests = new PlainPolls(headerBytes);
    this.clock = clock;
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("loop").start(this::run);
  }

  /// Serves the connection of `socket` from now on. No other thread may use it meanwhile.
  public void take(SocketChannel socket, AsData data, Owner owner) {
    execute(() -> begin(socket, data, owner));
  }

  private void begin(SocketChannel socket, AsData data, Owner owner) {
    try {
      var connection = new LoopConnection(this, socket, selector, owner);
      guard(connection, () -> connection.begin(data));
    } catch (IOException | RuntimeException _) {
      data.giveUp();
      LoopConnection.close(socket);
      owner.ended();
    }
  }

  /// Runs `task` soon, on this loop.
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    wake();
  }

  /// Runs `task` once the loop is awake.
  void later(Runnable task) {
    tasks.add(task);
  }

  /// Wakes the loop if there is something to do. A whole herd is queued before its loop is woken: a
  /// loop that writes meanwhile would take the processor from the thread that makes the update.
  public void wake() {
    if (!awake && !tasks.isEmpty()) {
      selector.wakeup();
    }
  }

  /// Ends what has exceeded `bounds`. To be called once a second.
  public void look(Bounds bounds) {
    execute(() -> forEach(connection -> connection.look(bounds)));
  }

  /// Ends the connections that wait for their client for longer than `bounds` allow.
  public void endIdle(Bounds bounds) {
    execute(() -> forEach(connection -> connection.endIfIdle(bounds)));
  }

  /// Begins to stop: from now on each answer is the last on its connection. Connections without a
  /// subscriber end at once.
  public void stop() {
    stopping = true;
    execute(() -> forEach(LoopConnection::endIfUnused));
  }

  /// Ends all connections.
  public void end() {
    execute(() -> forEach(LoopConnection::end));
  }

  /// Ends all connections, and the loop.
  @Override
  public void close() {
    closed = true;
    execute(() -> {});
  }

  /// How many connections it serves now.
  public int connections() {
    return selector.keys().size();
  }

  HeldPolls polls() {
    return polls;
  }

  PlainPolls requests() {
    return requests;
  }

  SecondsClock clock() {
    return clock;
  }

  boolean isStopping() {
    return stopping;
  }

  /// What has arrived on a connection, until the next call of [#read].
  byte[] arrived() {
    return arrived;
  }

  /// Reads from `socket` into [#arrived].
  ///
  /// @return the number of bytes; -1 at the end
  int read(SocketChannel socket) throws IOException {
    int length = socket.read(in.clear());
    if (length > 0) {
      in.flip().get(arrived, 0, length);
    }
    return length;
  }

  /// The place for what is written next, empty.
  ByteBuffer out() {
    return out.clear();
  }

  /// Gives a connection, whose key is cancelled, back to its owner later in this turn.
  void letGo(Runnable giving) {
    leaving.add(giving);
  }

  private void run() {
    try (selector) {
      while (!closed) {
        select();
        runTasks();
        letGo();
      }
      runTasks();
      forEach(LoopConnection::end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void select() throws IOException {
    awake = false;
    // A task that was added before this moment is seen here, and one that is added later wakes.
    if (tasks.isEmpty() && leaving.isEmpty()) {
      selector.select(this::ready);
    } else {
      selector.selectNow(this::ready);
    }
    awake = true;
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /// A channel can block again only after a selection has forgotten its cancelled key.
  private void letGo() throws IOException {
    if (!leaving.isEmpty()) {
      List<Runnable> left = leaving;
      leaving = new ArrayList<>();
      selector.selectNow(this::ready);
      left.forEach(Runnable::run);
    }
  }

  private void ready(SelectionKey key) {
    var connection = (LoopConnection) key.attachment();
    guard(connection, connection::ready);
  }

  private void forEach(Consumer<LoopConnection> action) {
    for (SelectionKey key : selector.keys()) {
      if (key.isValid()) {
        var connection = (LoopConnection) key.attachment();
        guard(connection, () -> action.accept(connection));
      }
    }
  }

  /// Does `step`. A failure ends this one connection, and the loop goes on.
  void guard(LoopConnection connection, Step step) {
    try {
      step.run();
    } catch (IOException _) {
      connection.end();
    } catch (RuntimeException | Error e) {
      LOGGER.log(Level.WARNING, "a connection failed", e);
      connection.end();
    }
  }

  /// A step of one connection.
  @FunctionalInterface
  interface Step {
    /// Does the step.
    ///
    /// @throws IOException if the client has gone
    void run() throws IOException;
  }
}
