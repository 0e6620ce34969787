package pushlab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.TestServer.version;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.server.testing.ServerProcess;
import pushlab.server.testing.TestDatabase;

/// What sharing costs: the numbers in docs/scale.md. They are printed, and no test fails because of
/// them.
@Tag("long")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedStoreCostTest {

  private static final int WARM_UP = 400;
  private static final int UPDATES = 1_000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// From the moment an update is sent to one server until a subscriber of that and of another has
  /// its version, at 20 a second.
  @Test
  void deliveryOnTheUpdatingServerAndAcross() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        ServerProcess one = ServerProcess.start("--port=0", database.store());
        ServerProcess other = ServerProcess.start("--port=0", database.store());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      URI updating = one.address();
      int last = WARM_UP + UPDATES;
      Future<long[]> here = threads.submit(() -> arrivals(updating, last));
      URI across = other.address();
      Future<long[]> there = threads.submit(() -> arrivals(across, last));
      long[] sent = new long[last + 1];
      long[] taken = new long[last + 1];
      long due = System.nanoTime();
      for (int version = 1; version <= last; version++) {
        LockSupport.parkNanos(due - System.nanoTime());
        sent[version] = System.nanoTime();
        update(updating, "default");
        taken[version] = System.nanoTime();
        due += Duration.ofMillis(50).toNanos();
      }
      print("update acknowledged", sent, taken);
      print("delivery, same server", sent, here.get());
      print("delivery, other server", sent, there.get());
    }
  }

  @Test
  void updatesASecond() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        ServerProcess one = ServerProcess.start("--port=0", database.store(), "--max-tasks=2000");
        ServerProcess other = ServerProcess.start("--port=0", database.store())) {
      List<URI> addresses = List.of(one.address(), other.address());
      for (int writers : new int[] {1, 8, 8, 32}) {
        System.out.printf(
            "%d writers of one task: %.0f updates/s; each of a task of its own: %.0f/s%n",
            writers,
            perSecond(writers, writer -> update(addresses.get(writer % 2), "default")),
            perSecond(writers, writer -> update(addresses.get(writer % 2), "t" + writer)));
      }
    }
  }

  /// PostgreSQL alone: commits with notifications, and three listening connections.
  @Test
  void notificationsASecond() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      List<Connection> listening = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        listening.add(database.connect());
        listening.getLast().createStatement().execute("listen pushlab");
      }
      for (int writers : new int[] {1, 4, 8}) {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
          connections.add(database.connect());
        }
        System.out.printf(
            "%d connections: %.0f notifications/s%n",
            writers, perSecond(writers, writer -> notify(connections.get(writer))));
        for (Connection connection : connections) {
          connection.close();
        }
      }
      for (Connection connection : listening) {
        connection.close();
      }
    }
  }

  private interface Work {
    void once(int worker) throws Exception;
  }

  private static double perSecond(int workers, Work work) throws Exception {
    var done = new LongAdder();
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      List<Callable<Object>> all =
          IntStream.range(0, workers)
              .<Callable<Object>>mapToObj(
                  worker ->
                      () -> {
                        while (System.nanoTime() - began < 4e9) {
                          work.once(worker);
                          done.increment();
                        }
                        return worker;
                      })
              .toList();
      for (Future<Object> one : threads.invokeAll(all)) {
        one.get();
      }
    }
    return done.sum() * 1e9 / (System.nanoTime() - began);
  }

  private static void notify(Connection connection) throws SQLException {
    try (PreparedStatement notify = connection.prepareStatement("select pg_notify('pushlab', ?)")) {
      notify.setString(1, "1 1700000000000 default " + System.nanoTime());
      notify.execute();
    }
  }

  private void update(URI address, String task) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/update-status?status=x&task=" + task))
            .POST(BodyPublishers.noBody())
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  /// When a long-polling subscriber got each version.
  private long[] arrivals(URI address, int last) throws Exception {
    long[] arrivals = new long[last + 1];
    int seen = 0;
    while (seen < last) {
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve("/poll-status?last_version=" + seen)).build();
      seen = (int) version(client.send(request, BodyHandlers.ofString()));
      arrivals[seen] = System.nanoTime();
    }
    return arrivals;
  }

  private static void print(String what, long[] from, long[] to) {
    double[] millis =
        IntStream.range(WARM_UP, from.length)
            .filter(version -> to[version] > 0)
            .mapToDouble(version -> (to[version] - from[version]) / 1e6)
            .sorted()
            .toArray();
    System.out.printf(
        "%-24s median %.2f ms, 99th percentile %.2f ms, of %d%n",
        what, millis[millis.length / 2], millis[millis.length * 99 / 100], millis.length);
  }
}
