package pushlab.bench.herd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import pushlab.bench.net.ServerAddress;

/// A server of event streams that does exactly what a test expects of it. At a restart it ends all
/// connections and begins a new epoch; it listens all the time.
final class KnownServer implements Subject {

  private final ServerSocket listener;
  private final List<Socket> streams = new ArrayList<>();
  private final Duration betweenAccepts;
  private final Duration busyFor;
  private volatile int epoch;
  private long version;
  private long nextAccept = System.nanoTime();
  private long busyUntil = System.nanoTime();

  /// A server that accepts one connection in each `betweenAccepts` from its restart on, and answers
  /// streams with 503 and `Retry-After: 1` for `busyFor` after it.
  KnownServer(Duration betweenAccepts, Duration busyFor) throws IOException {
    this.betweenAccepts = betweenAccepts;
    this.busyFor = busyFor;
    this.listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  @Override
  public ServerAddress address() {
    return ServerAddress.of(URI.create("http://127.0.0.1:" + listener.getLocalPort()));
  }

  @Override
  public ServerAddress publisher() {
    return address();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        if (epoch > 0) {
          TimeUnit.NANOSECONDS.sleep(nextAccept - System.nanoTime());
          nextAccept += betweenAccepts.toNanos();
        }
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException _) {
      // The test has ended.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Socket socket) {
    try {
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      String request = in.readLine();
      int length = 0;
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      for (int i = 0; i < length; i++) {
        var _ = in.read();
      }
      answer(socket, String.valueOf(request));
    } catch (IOException _) {
      // The client has gone.
    }
  }

  private synchronized void answer(Socket socket, String request) throws IOException {
    OutputStream out = socket.getOutputStream();
    if (request.startsWith("POST")) {
      version++;
      for (Socket stream : streams) {
        stream.getOutputStream().write(event());
      }
      String body = snapshot();
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
              .formatted(body.length(), body)
              .getBytes(UTF_8));
      socket.close();
    } else if (System.nanoTime() - busyUntil < 0) {
      out.write(
          "HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
              .getBytes(UTF_8));
      socket.close();
    } else {
      out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".getBytes(UTF_8));
      out.write(event());
      streams.add(socket);
    }
  }

  private byte[] event() {
    return "data: %s\n\n".formatted(snapshot()).getBytes(UTF_8);
  }

  private String snapshot() {
    return "{\"epoch\":\"e%d\",\"version\":%d,\"status\":\"s\"}".formatted(epoch, version);
  }

  @Override
  public synchronized void restart() {
    epoch++;
    version = 0;
    nextAccept = System.nanoTime();
    busyUntil = System.nanoTime() + busyFor.toNanos();
    closeStreams();
  }

  @Override
  public void killAndStart() {
    restart();
  }

  private void closeStreams() {
    try {
      for (Socket stream : streams) {
        stream.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    streams.clear();
  }

  @Override
  public void cut() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void restore() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Duration> cpuTime() {
    return Optional.empty();
  }

  @Override
  public synchronized void close() {
    closeStreams();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
