package pushlab.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TasksTest {

  private final Tasks tasks = new Tasks(3);

  @AfterEach
  void close() {
    tasks.close();
  }

  @Test
  void onlyTheDefaultTaskExistsAtFirst() {
    assertThat(tasks.all()).hasSize(1);
    assertThat(tasks.find(Tasks.DEFAULT)).isPresent();
    assertThat(tasks.find("other")).isEmpty();
  }

  @Test
  void firstUpdateCreatesATask() {
    Snapshot first = tasks.update("a", "x").orElseThrow();

    assertThat(first.version()).isEqualTo(1);
    assertThat(tasks.find("a").orElseThrow().current()).isSameAs(first);
  }

  @Test
  void updatesGoToTheTaskOfThatName() {
    tasks.update("a", "x");
    VersionedState created = tasks.find("a").orElseThrow();

    Snapshot second = tasks.update("a", "y").orElseThrow();

    assertThat(second.version()).isEqualTo(2);
    assertThat(tasks.find("a")).containsSame(created);
    assertThat(created.current()).isSameAs(second);
    assertThat(tasks.find(Tasks.DEFAULT).orElseThrow().current().version()).isZero();
  }

  @Test
  void firstUpdatesFromManyThreadsCreateOneTask() throws Exception {
    List<Callable<Long>> updates =
        Collections.nCopies(100, () -> tasks.update("a", "x").orElseThrow().version());
    List<Long> versions = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Long> update : threads.invokeAll(updates)) {
        versions.add(update.get());
      }
    }

    assertThat(versions)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
    assertThat(tasks.find("a").orElseThrow().current().version()).isEqualTo(100);
  }

  @Test
  void tasksShareOneEpochAndOtherServersHaveAnother() {
    String epoch = tasks.find(Tasks.DEFAULT).orElseThrow().epoch();

    assertThat(tasks.update("a", "x").orElseThrow().epoch()).isEqualTo(epoch);
    try (var others = new Tasks(1)) {
      assertThat(others.find(Tasks.DEFAULT).orElseThrow().epoch()).isNotEqualTo(epoch);
    }
  }

  @Test
  void admitNoMoreThanTheirLimit() {
    assertThat(tasks.update("a", "x")).isPresent();
    assertThat(tasks.update("b", "x")).isPresent();
    assertThat(tasks.update("c", "x")).isEmpty();
    assertThat(tasks.update("c", "x")).isEmpty();

    assertThat(tasks.update("a", "x")).isPresent();
    assertThat(tasks.all()).hasSize(3);
  }

  @Test
  void admitNoMoreThanTheirLimitFromManyThreads() throws Exception {
    List<Callable<Boolean>> creations =
        IntStream.range(0, 100)
            .<Callable<Boolean>>mapToObj(i -> () -> tasks.update("t" + i, "x").isPresent())
            .toList();
    int created = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> creation : threads.invokeAll(creations)) {
        created += creation.get() ? 1 : 0;
      }
    }

    assertThat(created).isEqualTo(2);
    assertThat(tasks.all()).hasSize(3);
  }

  @Test
  void theTimerEndsAWaitInTime() throws Exception {
    VersionedState state = tasks.find(Tasks.DEFAULT).orElseThrow();
    long began = System.nanoTime();

    assertThat(state.awaitNewer(new Position(null, 0), Duration.ofMillis(300))).isEmpty();

    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
  }

  @Test
  void closingEndsEveryWaitForEveryTask() throws Exception {
    var first = new Position(null, 0);
    tasks.update("a", "x");
    VersionedState other = tasks.find("a").orElseThrow();
    Subscriber one =
        Subscriber.waits(tasks.find(Tasks.DEFAULT).orElseThrow(), first, Duration.ofHours(1));
    Subscriber two = Subscriber.waits(other, new Position(null, 1), Duration.ofHours(1));

    tasks.close();

    assertThat(one.answer()).isEmpty();
    assertThat(two.answer()).isEmpty();
  }

  @Test
  void taskCreatedAfterClosingIsClosed() throws Exception {
    tasks.close();

    tasks.update("late", "x");
    VersionedState late = tasks.find("late").orElseThrow();

    assertThat(late.isClosed()).isTrue();
    assertThat(late.awaitNewer(new Position(null, 1), Duration.ofHours(1))).isEmpty();
  }
}
