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

/// A [SubmissionPublisher], with a new subscription for each wait.
///
/// It solves another problem: it delivers every item to each subscriber through a queue, so a slow
/// subscriber would receive old versions. To get the latest version only, each wait needs a new
/// subscription. A subscription first walks over all others, so the waits of a herd cost the square
/// of its size. Items are delivered in the publisher's own thread; with an executor, which is the
/// default, each would cost one more task.
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
        // This thread had read the update from the field before the publisher offered it.
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
        // The version is read again after the subscription, so that an update in between is not
        // missed.
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
