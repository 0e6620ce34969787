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
  void herdSharesTheReadingThatBeganAfterItHadAsked() throws Exception {
    var release = new CountDownLatch(1);
    var lookAgain =
        new LookAgain(
            () -> {
              looks.incrementAndGet();
              await(release);
            });
    List<Thread> herd = new ArrayList<>();
    for (int subscriber = 0; subscriber < 100; subscriber++) {
      herd.add(Thread.startVirtualThread(lookAgain::now));
    }
    herd.forEach(Await::parked);
    assertThat(looks).hasValue(1);

    release.countDown();

    for (Thread subscriber : herd) {
      subscriber.join();
    }
    assertThat(looks.get()).isBetween(1, 2);
  }

  @Test
  void failureIsReportedAndPasses() {
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
  void subscriberThatIsAheadWaitsForALaterVersionWhileTheStoreIsLost() throws Exception {
    var lost =
        new LookAgain(
            () -> {
              throw new StoreException("x", "is lost", null);
            });
    var state =
        new VersionedState(snapshot(3), new MemoryStore("epoch"), lost, new Sweeper(() -> 0));
    Subscriber subscriber = Subscriber.waits(state, new Position("epoch", 5), Duration.ofHours(1));

    state.advance(snapshot(4));
    assertThat(subscriber.staysWaiting()).isTrue();
    state.advance(snapshot(5));
    assertThat(subscriber.staysWaiting()).isTrue();
    state.advance(snapshot(6));

    assertThat(subscriber.answer().orElseThrow().version()).isEqualTo(6);
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
