package pushlab.server.net.http2;

import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2Settings;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2StreamWriter;
import io.helidon.http.http2.StreamFlowControl;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector;
import io.helidon.webserver.http2.spi.SubProtocolResult;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pushlab.server.http.Conditions;
import pushlab.server.http.GivenUp;
import pushlab.server.net.line.Bounds;
import pushlab.server.net.line.SecondsClock;

/// The streams of one HTTP/2 connection that are being answered, each in a thread of its own.
/// Helidon does not tell a handler that its stream was reset or that the connection has ended, and
/// waits for the end of a request without a limit. This class interrupts the thread instead.
///
/// Helidon calls a sub-protocol selector in a stream's thread before anything else. That is how
/// this class knows which thread answers which stream.
public final class Http2Streams implements Http2SubProtocolSelector, Http2Frames.RequestObserver {

  private final SecondsClock clock;
  private final GivenUp givenUp;
  private final ExecutorService threads = Executors.newThreadPerTaskExecutor(this::thread);
  private final AtomicInteger open = new AtomicInteger();
  private final Map<Integer, Thread> answering = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> arrivingSince = new ConcurrentHashMap<>();
  private final Set<Integer> reset = ConcurrentHashMap.newKeySet();

  public Http2Streams(SecondsClock clock, GivenUp givenUp) {
    this.clock = clock;
    this.givenUp = givenUp;
  }

  /// Runs the streams.
  public ExecutorService threads() {
    return threads;
  }

  /// Returns `in`, whose frames are read here too. A thread that asks for more bytes has finished
  /// with those before, so it has started a thread for each stream that they opened.
  public Supplier<byte @Nullable []> readingAlong(Supplier<byte @Nullable []> in) {
    var frames = new Http2Frames(this);
    return () -> {
      endReset();
      byte[] bytes = in.get();
      if (bytes != null) {
        frames.read(bytes);
      }
      return bytes;
    };
  }

  public boolean isEmpty() {
    return open.get() == 0;
  }

  @Override
  public void begun(int stream) {
    arrivingSince.putIfAbsent(stream, clock.now());
  }

  @Override
  public void whole(int stream) {
    arrivingSince.remove(stream);
  }

  @Override
  public void reset(int stream) {
    arrivingSince.remove(stream);
    reset.add(stream);
  }

  /// Ends the streams whose requests have been arriving for longer than `bounds` allow.
  public void look(Bounds bounds) {
    arrivingSince.forEach(
        (stream, since) -> {
          if (clock.now() - since > bounds.request().toSeconds()) {
            reset(stream);
          }
        });
    endReset();
  }

  /// Interrupts the streams that were reset, repeatedly until they end: a handler may wait again
  /// after an interrupt, for the rest of a request.
  private void endReset() {
    reset.removeIf(
        stream -> {
          Thread thread = answering.get(stream);
          if (thread != null) {
            givenUp.add(thread);
          }
          return thread == null && answering.size() == open.get();
        });
  }

  /// Interrupts all streams. Returns when they have ended, or after a second.
  public void end() {
    try {
      for (int i = 0; i < 10; i++) {
        answering.values().forEach(givenUp::add);
        threads.shutdownNow();
        if (threads.awaitTermination(100, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException _) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public SubProtocolResult subProtocol(
      ConnectionContext connection,
      HttpPrologue prologue,
      Http2Headers headers,
      Http2StreamWriter writer,
      int id,
      Http2Settings serverSettings,
      Http2Settings clientSettings,
      StreamFlowControl flowControl,
      Http2StreamState state,
      Router router) {
    if (headers.httpHeaders() instanceof WritableHeaders<?> writable) {
      Conditions.normalize(writable);
    }
    answering.put(id, Thread.currentThread());
    if (reset.contains(id)) {
      givenUp.add(Thread.currentThread());
    }
    return NOT_SUPPORTED;
  }

  private Thread thread(Runnable stream) {
    open.incrementAndGet();
    return Thread.ofVirtual()
        .unstarted(
            () -> {
              try {
                stream.run();
              } finally {
                answering.values().remove(Thread.currentThread());
                givenUp.forget(Thread.currentThread());
                open.decrementAndGet();
              }
            });
  }
}
