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
/// subscriber has its version and waits for the next one.
///
/// One thread is publisher and subscriber, with two connections. It sends the update, reads the
/// subscriber's connection until the version arrives, and then reads the answer to the update. So
/// no time is spent on switching threads, and the client's part is a few system calls, the same for
/// each transport. `java.net.http.HttpClient` passes each answer between threads: it took 300 us
/// for a `GET /status` that takes 30 us over a socket.
///
/// Short polling asks again without a pause here, to measure the cost of a request. This benchmark
/// does not show how a transport behaves with many subscribers.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls connect() first.
public class DeliveryBenchmark {

  /// The address of a server that implements the contract and that no one else updates.
  @Param("http://127.0.0.1:8080")
  public String target = "";

  /// The id of a transport.
  @Param({"short-polling", "long-polling", "sse", "ndjson", "websocket"})
  public String transport = "";

  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private VersionSocket publisher;
  private VersionSocket subscriber;
  private Subscription subscription;
  private byte[] update;
  private long version;

  /// Connects both, and delivers for a second to warm up the server, which is another process.
  /// Otherwise the first transport would meet a colder server than the last.
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
    subscription.awaitVersion(version + 1);
    long published = publisher.nextVersion();
    if (published != version + 1) {
      throw new IllegalStateException(
          "%s has another publisher: version %d arrived after %d"
              .formatted(target, published, version));
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
