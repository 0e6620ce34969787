package pushlab.bench.jmh.ways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;

/// A way that is wrong would be measured all the same, and win.
@Timeout(20)
class WayTest {

  private static final Duration LONG = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofMillis(50);

  @ParameterizedTest
  @EnumSource
  void whoIsBehindIsAnsweredAtOnce(Way.Kind kind) throws Exception {
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
  void aWaitEndsByTimeAndNotBefore(Way.Kind kind) throws Exception {
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

  /// The lost wake-up: an update just when a reader looks, then waits. Whoever misses it waits for
  /// good, since each next update waits for the readers.
  @ParameterizedTest
  @EnumSource
  void noUpdateIsMissedByWhoeverIsAboutToWait(Way.Kind kind) throws Exception {
    int updates = 3000;
    try (Way way = kind.open()) {
      var together = new CyclicBarrier(3);
      Callable<String> reader =
          () -> {
            for (int version = 0; version < updates; version++) {
              together.await();
              if (way.awaitNewer(at(way, version), LONG).isEmpty()) {
                return "missed " + (version + 1);
              }
            }
            return "all";
          };
      var readers = List.of(new Wait(reader), new Wait(reader));
      for (int version = 1;
          version <= updates && readers.stream().allMatch(Wait::runs);
          version++) {
        together.await();
        way.update("next");
      }
      for (Wait wait : readers) {
        assertThat(wait.answer.get()).isEqualTo("all");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theVersionGrowsByOneHoweverManyWritersThereAre(Way.Kind kind) throws Exception {
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
    return new Wait(
        () ->
            way.awaitNewer(at(way, 0), atMost)
                .map(snapshot -> Long.toString(snapshot.version()))
                .orElse("nothing"));
  }

  private static Position at(Way way, long version) {
    return new Position(way.current().epoch(), version);
  }

  /// What a virtual thread of its own asks, and is answered.
  private static final class Wait {
    private final FutureTask<String> answer;
    private final Thread thread;

    Wait(Callable<String> question) {
      answer = new FutureTask<>(question);
      thread = Thread.ofVirtual().start(answer);
    }

    boolean runs() {
      return !answer.isDone();
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
