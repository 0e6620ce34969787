package pushlab.bench.jmh.ways;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import pushlab.server.state.MemoryStore;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;

/// A [SubmissionPublisher], subscribed to for one item a wait.
///
/// It answers another question, "every item to each subscriber, through a queue of its own", so a
/// subscriber that falls behind would get old news. To answer ours it needs a new subscription for
/// each wait, and a subscription looks at all others first, so the waits of a herd cost its square.
/// Items are handed over in the publisher's own thread; with an executor, as is its default, each
/// would cost a task more.
final class SubscriptionAWait implements Way {

  private static final class OneItem implements Flow.Subscriber<Snapshot> {
    private final CountDownLatch came = new CountDownLatch(1);
    private final Position seen;
    private volatile Flow.@Nullable Subscription subscription;

    OneItem(Position seen) {
      this.seen = seen;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(Snapshot item) {
      Flow.Subscription taken = subscription;
      if (item.isNewsTo(seen)) {
        came.countDown();
      } else if (taken != null) {
        // Its update had been read from the field before it was offered to the subscribers.
        taken.request(1);
      }
    }

    @Override
    public void onError(Throwable error) {
      came.countDown();
    }

    @Override
    public void onComplete() {
      came.countDown();
    }

    void cancel() {
      Flow.Subscription taken = subscription;
      if (taken != null) {
        taken.cancel();
      }
    }
  }

  private final MemoryStore store = new MemoryStore();
  private final ReentrantLock updating = new ReentrantLock();
  private final SubmissionPublisher<Snapshot> versions =
      new SubmissionPublisher<>(Runnable::run, 1);
  private volatile Snapshot current = Way.first(store);

  @Override
  public Snapshot current() {
    return current;
  }

  @Override
  public Snapshot update(String status) {
    Snapshot next;
    updating.lock();
    try {
      next = store.update(current.task(), status);
      current = next;
    } finally {
      updating.unlock();
    }
    versions.offer(next, null);
    return next;
  }

  @Override
  public Optional<Snapshot> awaitNewer(Position seen, Duration atMost) throws InterruptedException {
    if (!current.isNewsTo(seen) && atMost.isPositive()) {
      var item = new OneItem(seen);
      versions.subscribe(item);
      try {
        // Subscribed first, looked again afterwards: an update between the two is not missed.
        if (!current.isNewsTo(seen)) {
          var _ = item.came.await(atMost.toNanos(), NANOSECONDS);
        }
      } finally {
        item.cancel();
      }
    }
    return Way.news(current, seen);
  }
}
