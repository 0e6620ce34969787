package pushlab.bench.jmh;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import pushlab.report.result.Transport;

/// One delivery to one subscriber over a real socket: from the moment an update is sent until the
/// subscriber holds its version and waits for the next one.
///
/// Publisher and subscriber are one thread with two connections: it sends the update, reads the
/// subscriber's connection until the version is there, and only then the update's own answer, which
/// by then has come. So no time goes into handing over between threads, and the client's part is a
/// few system calls, the same for each transport. `java.net.http.HttpClient` would not do: it hands
/// each answer over between threads, and took 300 us for a `GET /status` that a socket had in 30.
///
/// Short polling asks again without a pause, which nobody should do to a server; what it measures
/// is the price of asking. Nothing here says how a transport behaves with many subscribers.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls connect() first.
public class DeliveryBenchmark {

  /// The base address of a server that speaks the contract and that nobody else updates.
  @Param("http://127.0.0.1:8080")
  public String target = "";

  /// The id of a transport.
  @Param({"short-polling", "long-polling", "sse", "websocket"})
  public String transport = "";

  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private VersionSocket publisher;
  private VersionSocket subscriber;
  private Subscription subscription;
  private byte[] update;
  private long version;

  /// Connects both, and delivers for a second: the server is a process of its own, which would
  /// otherwise be colder for the first transport than for the last.
  @Setup
  public void connect() throws IOException {
    publisher = new VersionSocket(URI.create(target));
    update = publisher.update("delivery");
    publisher.send(update);
    version = publisher.nextVersion();
    subscriber = new VersionSocket(URI.create(target));
    subscription = Subscription.over(subscriber, Transport.of(transport));
    long start = System.nanoTime();
    while (System.nanoTime() - start < WARM_UP_NANOS) {
      delivery();
    }
  }

  /// One delivery.
  @Benchmark
  public long delivery() throws IOException {
    publisher.send(update);
    subscription.hold(version + 1);
    long published = publisher.nextVersion();
    if (published != version + 1) {
      throw new IllegalStateException(
          "somebody else updates %s: version %d after %d".formatted(target, published, version));
    }
    version = published;
    return published;
  }

  @TearDown
  public void disconnect() throws IOException {
    subscriber.close();
    publisher.close();
  }
}
