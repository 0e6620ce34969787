package pushlab.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LookAgainTest {

  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void herdSharesTheLookThatBeganAfterItHadAsked() throws Exception {
    var release = new CountDownLatch(1);
    var lookAgain =
        new LookAgain(
            () -> {
              looks.incrementAndGet();
              await(release);
            });
    List<Thread> herd = new ArrayList<>();
    for (int reader = 0; reader < 100; reader++) {
      herd.add(Thread.startVirtualThread(lookAgain::now));
    }
    herd.forEach(Await::parked);
    assertThat(looks).hasValue(1);

    release.countDown();

    for (Thread reader : herd) {
      reader.join();
    }
    assertThat(looks.get()).isBetween(1, 2);
  }

  @Test
  void failureIsToldAndPasses() {
    var lookAgain =
        new LookAgain(
            () -> {
              if (looks.getAndIncrement() == 0) {
                throw new StoreException("x", "is lost", null);
              }
            });

    assertThatThrownBy(lookAgain::now).isInstanceOf(StoreException.class);
    lookAgain.now();

    assertThat(looks).hasValue(2);
  }

  @Test
  void readerWhoIsAheadWaitsForAVersionBeyondItsOwnWhileTheStoreIsLost() throws Exception {
    var lost =
        new LookAgain(
            () -> {
              throw new StoreException("x", "is lost", null);
            });
    var state =
        new VersionedState(snapshot(3), new MemoryStore("epoch"), lost, new Sweeper(() -> 0));
    Reader reader = Reader.waits(state, new Position("epoch", 5), Duration.ofHours(1));

    state.advance(snapshot(4));
    assertThat(reader.staysWaiting()).isTrue();
    state.advance(snapshot(5));
    assertThat(reader.staysWaiting()).isTrue();
    state.advance(snapshot(6));

    assertThat(reader.answer().orElseThrow().version()).isEqualTo(6);
    assertThat(state.awaitNewer(new Position("other", 7), Duration.ZERO)).isPresent();
  }

  private static Snapshot snapshot(long version) {
    return new Snapshot("task", "epoch", version, "x", Instant.EPOCH);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
