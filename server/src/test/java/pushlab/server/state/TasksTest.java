package pushlab.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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
  void beginWithTheDefaultTaskAlone() {
    assertThat(tasks.all()).hasSize(1);
    assertThat(tasks.find(Tasks.DEFAULT)).isPresent();
    assertThat(tasks.find("other")).isEmpty();
  }

  @Test
  void findsTheOneThatItCreated() {
    Optional<VersionedState> created = tasks.findOrCreate("a");

    assertThat(created).isPresent();
    assertThat(tasks.find("a")).containsSame(created.get());
    assertThat(tasks.findOrCreate("a")).containsSame(created.get());
  }

  @Test
  void allAreOfOneEpochWhichIsAnothersNot() {
    String epoch = tasks.find(Tasks.DEFAULT).orElseThrow().epoch();

    assertThat(tasks.findOrCreate("a").orElseThrow().epoch()).isEqualTo(epoch);
    try (var others = new Tasks(1)) {
      assertThat(others.find(Tasks.DEFAULT).orElseThrow().epoch()).isNotEqualTo(epoch);
    }
  }

  @Test
  void takeNoMoreThanTheirLimit() {
    assertThat(tasks.findOrCreate("a")).isPresent();
    assertThat(tasks.findOrCreate("b")).isPresent();
    assertThat(tasks.findOrCreate("c")).isEmpty();
    assertThat(tasks.findOrCreate("c")).isEmpty();

    assertThat(tasks.findOrCreate("a")).isPresent();
    assertThat(tasks.all()).hasSize(3);
  }

  @Test
  void takeNoMoreThanTheirLimitFromManyThreads() throws Exception {
    List<Callable<Boolean>> creations =
        IntStream.range(0, 100)
            .<Callable<Boolean>>mapToObj(i -> () -> tasks.findOrCreate("t" + i).isPresent())
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
  void theirOwnTimerEndsAWaitInTime() throws Exception {
    VersionedState state = tasks.find(Tasks.DEFAULT).orElseThrow();
    long began = System.nanoTime();

    assertThat(state.awaitNewer(new Position(null, 0), Duration.ofMillis(300))).isEmpty();

    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
  }

  @Test
  void closingEndsEveryWaitForEveryTask() throws Exception {
    var first = new Position(null, 0);
    VersionedState other = tasks.findOrCreate("a").orElseThrow();
    Reader one = Reader.waits(tasks.find(Tasks.DEFAULT).orElseThrow(), first, Duration.ofHours(1));
    Reader two = Reader.waits(other, first, Duration.ofHours(1));

    tasks.close();

    assertThat(one.answer()).isEmpty();
    assertThat(two.answer()).isEmpty();
  }

  @Test
  void taskThatComesAfterClosingIsClosed() throws Exception {
    tasks.close();

    VersionedState late = tasks.findOrCreate("late").orElseThrow();

    assertThat(late.isClosed()).isTrue();
    assertThat(late.awaitNewer(new Position(null, 0), Duration.ofHours(1))).isEmpty();
  }
}
