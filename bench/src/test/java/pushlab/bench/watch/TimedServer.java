package pushlab.bench.watch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import pushlab.report.result.Transport;

/// A server of one transport with known delays. It sends an update to its first subscriber 5 ms
/// after it arrived, and to each other subscriber a little later than to the one before. A short
/// poll gets it from 5 ms on. The server records the time of each delivery. A single thread does
/// everything and never sleeps, so that it is always in time.
final class TimedServer implements AutoCloseable {

  private static final long DELAY = 5_000_000;

  private record Delivery(long arrived, long due, SocketChannel to, ByteBuffer bytes) {}

  private final Transport transport;
  private final long apart;
  private final Selector selector = Selector.open();
  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Queue<Delivery> deliveries = new ArrayDeque<>();
  private final Histogram times = new Histogram(3);
  private final ByteBuffer read = ByteBuffer.allocate(64 * 1024);
  private List<SocketChannel> waiting = new ArrayList<>();
  private final Map<SocketChannel, Integer> polled = new HashMap<>();
  private String snapshot = "";
  private int version = -1;

  /// The snapshot for short polls until the delay of the current version is over.
  private ByteBuffer shown = ByteBuffer.allocate(0);

  private long updated = System.nanoTime() - DELAY;
  private volatile boolean stopped;

  /// A server that is not started yet.
  ///
  /// @param apart the nanoseconds between the deliveries to two subscribers
  TimedServer(Transport transport, long apart) throws IOException {
    this.transport = transport;
    this.apart = apart;
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
    update("En attente");
  }

  TimedServer start() {
    Thread.ofPlatform().start(this::serve);
    return this;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listener.socket().getLocalPort());
  }

  /// The time from an update's arrival until its delivery to a subscriber, in microseconds. To be
  /// read after the server is closed.
  Histogram times() {
    return times;
  }

  private void serve() {
    try {
      while (!stopped) {
        selector.selectNow(
            key -> {
              try {
                take(key);
              } catch (IOException _) {
                key.cancel();
              }
            });
        deliverWhatIsDue();
      }
      ended.complete(null);
    } catch (IOException e) {
      ended.completeExceptionally(e);
    }
  }

  private void take(SelectionKey key) throws IOException {
    if (key.isAcceptable()) {
      SocketChannel connection = listener.accept();
      connection.socket().setTcpNoDelay(true);
      connection.configureBlocking(false).register(selector, SelectionKey.OP_READ);
      return;
    }
    var connection = (SocketChannel) key.channel();
    if (connection.read(read.clear()) < 0) {
      connection.close();
      return;
    }
    long arrived = System.nanoTime();
    String text = StandardCharsets.UTF_8.decode(read.flip()).toString();
    for (String request : text.split("(?=GET |POST )", -1)) {
      answer(request, arrived, connection);
    }
  }

  private void answer(String request, long arrived, SocketChannel from) throws IOException {
    if (request.startsWith("POST ")) {
      shown = answer();
      updated = arrived;
      update(request.substring(request.lastIndexOf(':') + 2, request.lastIndexOf('"')));
      write(from, answer());
      tellAll(arrived);
    } else if (!request.startsWith("GET ")) {
      return; // A WebSocket's frame, which can only be its farewell.
    } else if (transport == Transport.SHORT_POLLING) {
      poll(from);
    } else if (transport == Transport.WEBSOCKET) {
      write(from, bytes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"));
      write(
          from,
          bytes(
              "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n"
                  .formatted(accept(request))));
      write(from, frame());
      waiting.add(from);
    } else if (transport == Transport.SERVER_SENT_EVENTS) {
      write(from, bytes("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"));
      write(from, event());
      waiting.add(from);
    } else if (request.contains("last_version=%d ".formatted(version))) {
      waiting.add(from);
    } else {
      write(from, answer());
    }
  }

  private void poll(SocketChannel from) throws IOException {
    long now = System.nanoTime();
    boolean due = now - updated >= DELAY;
    if (due && !Integer.valueOf(version).equals(polled.put(from, version)) && version > 0) {
      times.recordValue((now - updated) / 1000);
    }
    write(from, due ? answer() : shown);
  }

  private void update(String status) {
    version++;
    snapshot = "{\"version\":%d,\"status\":\"%s\"}".formatted(version, status);
  }

  private void tellAll(long arrived) {
    boolean polls = transport == Transport.LONG_POLLING;
    ByteBuffer told = polls ? answer() : transport == Transport.WEBSOCKET ? frame() : event();
    long due = arrived + DELAY;
    for (SocketChannel to : waiting) {
      deliveries.add(new Delivery(arrived, due, to, told));
      due += apart;
    }
    waiting = polls ? new ArrayList<>() : waiting;
  }

  private void deliverWhatIsDue() {
    Delivery next = deliveries.peek();
    if (next != null && System.nanoTime() - next.due >= 0) {
      times.recordValue((System.nanoTime() - next.arrived) / 1000);
      try {
        write(next.to, next.bytes);
      } catch (IOException _) {
        // The subscriber has disconnected.
      }
      deliveries.remove();
    }
  }

  private ByteBuffer answer() {
    return bytes(
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(snapshot.length(), snapshot));
  }

  private ByteBuffer event() {
    return bytes("data: %s\n\n".formatted(snapshot));
  }

  /// RFC 6455, section 5.2: a text frame of less than 126 bytes.
  private ByteBuffer frame() {
    return ByteBuffer.allocate(2 + snapshot.length())
        .put((byte) 0x81)
        .put((byte) snapshot.length())
        .put(snapshot.getBytes(StandardCharsets.US_ASCII))
        .flip();
  }

  /// RFC 6455, section 4.2.2.
  private static String accept(String request) {
    String key = request.replaceFirst("(?is).*sec-websocket-key: *(\\S+).*", "$1");
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                      .getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ByteBuffer bytes(String text) {
    return StandardCharsets.US_ASCII.encode(text);
  }

  private static void write(SocketChannel to, ByteBuffer bytes) throws IOException {
    ByteBuffer left = bytes.duplicate();
    while (to.isOpen() && left.hasRemaining()) {
      to.write(left);
    }
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    ended.join();
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
