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

/// The streams of one HTTP/2 connection that are being answered, each by a thread of its own.
/// Helidon tells a handler neither that its stream was reset nor that the connection has ended, and
/// waits for the end of a request for good; here its thread is interrupted.
///
/// Helidon asks a sub-protocol selector on a stream's thread before anything else: that is how it
/// is learnt which thread answers which stream.
public final class Http2Streams implements Http2SubProtocolSelector, Http2Frames.Listener {

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

  /// Where to run a stream.
  public ExecutorService threads() {
    return threads;
  }

  /// The bytes of `in`; their frames are read along. A reader that asks for more bytes has handled
  /// those before, so every stream that they opened has been handed to a thread.
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

  /// Ends the streams whose requests have been arriving for longer than `bounds` has it.
  public void look(Bounds bounds) {
    arrivingSince.forEach(
        (stream, since) -> {
          if (clock.now() - since > bounds.request().toSeconds()) {
            reset(stream);
          }
        });
    endReset();
  }

  /// Interrupts the streams that are reset, again and again until they end: a handler that is
  /// interrupted may wait once more, for the rest of a request.
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

  /// Interrupts all streams, and returns when they have ended, or after a second.
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
