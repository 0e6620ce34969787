package pushlab.bench.jmh.ways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;

/// Without these tests, a wrong way could be the fastest one.
@Timeout(20)
class WayTest {

  private static final Duration LONG = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofMillis(50);

  @ParameterizedTest
  @EnumSource
  void anOlderVersionIsAnsweredAtOnce(Way.Kind kind) throws Exception {
    try (Way way = kind.open()) {
      Snapshot first = way.update("first");
      assertThat(way.awaitNewer(Position.NOTHING, Duration.ZERO)).contains(first);
      assertThat(way.awaitNewer(at(way, 0), LONG)).contains(first);
      assertThat(way.awaitNewer(at(way, 1), Duration.ZERO)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneUpdateWakesEveryWaiter(Way.Kind kind) throws Exception {
    try (Way way = kind.open()) {
      var waits = IntStream.range(0, 200).mapToObj(_ -> wait(way, LONG)).toList();
      for (Wait wait : waits) {
        wait.awaitParked();
      }
      Snapshot next = way.update("next");
      for (Wait wait : waits) {
        assertThat(wait.answer.get()).isEqualTo("1");
      }
      assertThat(way.current()).isSameAs(next);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWaitEndsAtItsTimeOutAndNotBefore(Way.Kind kind) throws Exception {
    try (Way way = kind.open()) {
      long start = System.nanoTime();
      var waits = IntStream.range(0, 50).mapToObj(_ -> wait(way, SHORT)).toList();
      for (Wait wait : waits) {
        assertThat(wait.answer.get()).isEqualTo("nothing");
      }
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
      assertThat(way.update("next").version()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWaiterCanBeInterrupted(Way.Kind kind) throws Exception {
    try (Way way = kind.open()) {
      Wait wait = wait(way, LONG);
      wait.awaitParked();
      wait.thread.interrupt();
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(wait.answer::get)
          .withCauseInstanceOf(InterruptedException.class);
    }
  }

  /// The lost wake-up: an update at the moment when a subscriber has read the version and begins to
  /// wait. The subscriber signals that it is about to wait, and the update follows after a delay
  /// that grows each time.
  @ParameterizedTest
  @EnumSource
  void aThreadThatIsAboutToWaitMissesNoUpdate(Way.Kind kind) throws Exception {
    int updates = 5000;
    int steps = 100;
    try (Way way = kind.open()) {
      var held = new AtomicLong();
      var reader =
          new FutureTask<>(
              () -> {
                for (int version = 0; version < updates; version++) {
                  if (!ask(way, version, LONG).equals(Long.toString(version + 1))) {
                    held.set(updates);
                    return "missed " + (version + 1);
                  }
                  held.set(version + 1);
                }
                return "all";
              });
      Thread.ofPlatform().start(reader);
      for (int version = 0; version < updates && !reader.isDone(); version++) {
        while (held.get() < version) {
          Thread.onSpinWait();
        }
        for (int step = 0; step < version % steps; step++) {
          Thread.onSpinWait();
        }
        way.update("next");
      }
      assertThat(reader.get()).isEqualTo("all");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theVersionGrowsByOneWithSeveralWriters(Way.Kind kind) throws Exception {
    try (Way way = kind.open()) {
      var writers = new ArrayList<Wait>();
      for (int i = 0; i < 4; i++) {
        writers.add(
            new Wait(
                () -> {
                  for (int update = 0; update < 500; update++) {
                    way.update("next");
                  }
                  return "done";
                }));
      }
      for (Wait writer : writers) {
        assertThat(writer.answer.get()).isEqualTo("done");
      }
      assertThat(way.current().version()).isEqualTo(2000);
    }
  }

  private static Wait wait(Way way, Duration atMost) {
    return new Wait(() -> ask(way, 0, atMost));
  }

  /// The version that a subscriber receives by a wake-up. One that it only finds after its time-out
  /// does not count.
  private static String ask(Way way, long seen, Duration atMost) throws InterruptedException {
    long start = System.nanoTime();
    Optional<Snapshot> newer = way.awaitNewer(at(way, seen), atMost);
    boolean woken = System.nanoTime() - start < atMost.toNanos();
    return newer.isPresent() && woken ? Long.toString(newer.get().version()) : "nothing";
  }

  private static Position at(Way way, long version) {
    return new Position(way.current().epoch(), version);
  }

  /// The answer to a request of a new virtual thread.
  private static final class Wait {
    private final FutureTask<String> answer;
    private final Thread thread;

    Wait(Callable<String> question) {
      answer = new FutureTask<>(question);
      thread = Thread.ofVirtual().start(answer);
    }

    void awaitParked() {
      while (thread.getState() == Thread.State.NEW
          || thread.getState() == Thread.State.RUNNABLE
          || thread.getState() == Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
    }
  }
}
