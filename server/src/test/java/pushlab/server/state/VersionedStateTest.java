package pushlab.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class VersionedStateTest {

  private static final Duration FOR_EVER = Duration.ofHours(1);

  /// Its clock stands still, so a waiter here is woken by an update or never.
  private final VersionedState state = new VersionedState("task", "epoch", new Sweeper(() -> 0));

  @Test
  void beginsAtVersionZeroAsEnAttente() {
    assertThat(state.current().version()).isZero();
    assertThat(state.current().status()).isEqualTo("En attente");
    assertThat(state.epoch()).isEqualTo("epoch");
  }

  @Test
  void updateIsTheCurrentSnapshotAtOnce() {
    Snapshot updated = state.update("En cours");

    assertThat(updated.version()).isEqualTo(1);
    assertThat(updated.status()).isEqualTo("En cours");
    assertThat(state.current()).isSameAs(updated);
  }

  @Test
  void updateToTheSameStatusIsAVersionToo() {
    state.update("En cours");

    assertThat(state.update("En cours").version()).isEqualTo(2);
  }

  @Test
  void answersASubscriberThatIsBehindAtOnce() throws Exception {
    Snapshot updated = state.update("En cours");

    assertThat(state.awaitNewer(new Position(null, 0), FOR_EVER)).containsSame(updated);
  }

  @Test
  void givesOnlyTheLatestVersionToASubscriberThatFellBehind() throws Exception {
    state.update("1");
    state.update("2");
    Snapshot latest = state.update("3");

    assertThat(state.awaitNewer(Position.NOTHING, FOR_EVER)).containsSame(latest);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void updateBetweenTwoReadingsIsNotMissed(long reading) throws Exception {
    VersionedState updated = updatedByItsClock(reading, 0);

    Optional<Snapshot> newer = Subscriber.asks(updated, new Position(null, 0), FOR_EVER).answer();

    assertThat(newer.map(Snapshot::status)).contains("x");
  }

  @Test
  void updateRightBeforeTheEndOfAWaitIsNotMissed() throws Exception {
    VersionedState updated = updatedByItsClock(2, FOR_EVER.toNanos());

    Optional<Snapshot> newer = Subscriber.asks(updated, new Position(null, 0), FOR_EVER).answer();

    assertThat(newer.map(Snapshot::status)).contains("x");
  }

  @Test
  void oneUpdateWakesTenThousandWaiters() throws Exception {
    List<Subscriber> subscribers = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      subscribers.add(Subscriber.asks(state, new Position(null, 0), FOR_EVER));
    }
    for (Subscriber subscriber : subscribers) {
      assertThat(subscriber.staysWaiting()).isTrue();
    }

    Snapshot updated = state.update("x");

    for (Subscriber subscriber : subscribers) {
      assertThat(subscriber.answer()).containsSame(updated);
    }
  }

  @Test
  void versionsGrowByExactlyOneUnderEightWriters() throws Exception {
    List<Long> versions = new ArrayList<>();
    try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
      Callable<List<Long>> write =
          () -> IntStream.range(0, 2_000).mapToObj(_ -> state.update("x").version()).toList();
      for (Future<List<Long>> own :
          writers.invokeAll(List.of(write, write, write, write, write, write, write, write))) {
        assertThat(own.get()).isSorted();
        versions.addAll(own.get());
      }
    }

    assertThat(versions)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 16_000).boxed().toList());
    assertThat(state.current().version()).isEqualTo(16_000);
  }

  @RepeatedTest(20)
  void stormLosesNoWakeUpAndShowsNoVersionTwice() throws Exception {
    int updates = 500;
    var last = new AtomicLong();
    var started = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Long>>> subscribers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        subscribers.add(threads.submit(() -> readUntil(4L * updates)));
      }
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        writers.add(
            threads.submit(
                () -> {
                  started.await();
                  for (int update = 0; update < updates; update++) {
                    last.accumulateAndGet(state.update("x").version(), Math::max);
                    LockSupport.parkNanos(1);
                  }
                  return null;
                }));
      }
      started.countDown();
      for (Future<?> writer : writers) {
        writer.get(10, TimeUnit.SECONDS);
      }
      for (Future<List<Long>> subscriber : subscribers) {
        List<Long> seen = subscriber.get(10, TimeUnit.SECONDS);
        assertThat(seen).doesNotHaveDuplicates().isSorted().endsWith(last.get());
      }
    }
    assertThat(last).hasValue(4L * updates);
  }

  private List<Long> readUntil(long version) throws InterruptedException {
    List<Long> seen = new ArrayList<>();
    var position = new Position(state.epoch(), 0);
    while (position.version() < version) {
      Optional<Snapshot> newer = state.awaitNewer(position, FOR_EVER);
      position = new Position(state.epoch(), newer.orElseThrow().version());
      seen.add(position.version());
    }
    return seen;
  }

  /// A state whose clock updates it when it is read for the `reading`th time, and shows `then` from
  /// there on. A wait reads the clock twice: right before the waiter registers, and right before it
  /// looks again.
  private static VersionedState updatedByItsClock(long reading, long then) {
    var state = new CompletableFuture<VersionedState>();
    var readings = new AtomicLong();
    var clock =
        new Sweeper(
            () -> {
              if (!state.isDone()) {
                return 0;
              }
              if (readings.incrementAndGet() == reading) {
                state.join().update("x");
              }
              return readings.get() < reading ? 0 : then;
            });
    state.complete(new VersionedState("task", "epoch", clock));
    return state.join();
  }
}
