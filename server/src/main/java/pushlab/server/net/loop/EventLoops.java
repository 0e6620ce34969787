package pushlab.server.net.loop;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import pushlab.server.transport.AsData;

/// A loop for each processor, or none. They share nothing: a connection stays with the loop that
/// took it. Thread-safe.
public final class EventLoops {

  private final List<EventLoop> loops;
  private final AtomicInteger taken = new AtomicInteger();

  /// Loops that `loop` makes; none if it is empty.
  public EventLoops(Optional<Supplier<EventLoop>> loop) {
    int processors = Runtime.getRuntime().availableProcessors();
    this.loops =
        loop.stream()
            .flatMap(make -> IntStream.range(0, processors).mapToObj(_ -> make.get()))
            .toList();
  }

  /// The loop that is to serve `data`. There must be loops. One loop serves all polls: a poll is
  /// mostly reading, which gains nothing from a second processor that a client may need. Streams
  /// are written by all loops, so that the last subscriber need not wait for all others.
  public EventLoop loop(AsData data) {
    boolean isPoll = data.request().length > 0;
    return loops.get(isPoll ? 0 : Math.floorMod(taken.getAndIncrement(), loops.size()));
  }

  /// Does `action` with each loop.
  public void forEach(Consumer<EventLoop> action) {
    loops.forEach(action);
  }

  /// How many connections they serve now.
  public int connections() {
    return loops.stream().mapToInt(EventLoop::connections).sum();
  }
}
