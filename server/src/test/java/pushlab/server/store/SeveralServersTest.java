package pushlab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.TestServer.version;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pushlab.server.state.Await;
import pushlab.server.testing.ServerProcess;
import pushlab.server.testing.TestDatabase;
import pushlab.server.testing.TestSubscriber;

/// Servers in processes of their own over one PostgreSQL, under load and with failures.
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SeveralServersTest {

  private static final int WRITERS = 8;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<ServerProcess> processes = new ArrayList<>();
  private final List<URI> addresses = new CopyOnWriteArrayList<>();
  private final AtomicInteger due = new AtomicInteger();
  private final Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicLong goal = new AtomicLong(Long.MAX_VALUE);

  @AfterEach
  void stop() {
    goal.set(0);
    processes.forEach(ServerProcess::close);
    threads.shutdownNow();
    client.shutdownNow();
  }

  @Test
  void eightWritersThroughThreeServersMakeEachVersionOnce() throws Exception {
    makeEachOnce(2_000);
  }

  @Test
  @Tag("long")
  void soTheyMakeTenThousand() throws Exception {
    makeEachOnce(10_000);
  }

  private void makeEachOnce(int versions) throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      start(3, database.store());
      goal.set(versions);
      List<Future<List<Long>>> followers = new ArrayList<>();
      for (URI address : addresses) {
        followers.addAll(TestSubscriber.follow(threads, client, () -> address, goal));
      }

      // If the disk stalls for two seconds, an update is refused and makes no version.
      while (acknowledged.size() < versions) {
        for (Future<?> writer : write(versions - acknowledged.size())) {
          writer.get(120, TimeUnit.SECONDS);
        }
      }

      assertThat(acknowledged)
          .containsExactlyInAnyOrderElementsOf(
              LongStream.rangeClosed(1, versions).boxed().toList());
      assertEndOn(versions, followers);
      assertThat(database.text("select count(*) || ' to ' || max(version) from history"))
          .isEqualTo(versions + " to " + versions);
    }
  }

  @Test
  void subscribersOfAKilledServerContinueAtTheOthers() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      start(3, database.store());
      List<Future<List<Long>>> followers =
          TestSubscriber.follow(threads, client, eachInTurn(), goal);
      List<Future<?>> writers = write(2_000);
      while (acknowledged.size() < 500) {
        assertThat(writers).noneMatch(Future::isDone);
        LockSupport.parkNanos(1_000_000);
      }

      addresses.removeLast();
      processes.getLast().kill();

      for (Future<?> writer : writers) {
        writer.get(60, TimeUnit.SECONDS);
      }
      assertThat(acknowledged).doesNotHaveDuplicates();
      long last = Long.parseLong(database.text("select max(version) from history"));
      assertThat(last).isBetween((long) acknowledged.size(), (long) acknowledged.size() + WRITERS);
      assertNextIsTheEnd(last + 1, followers);
    }
  }

  @Test
  void databaseThatIsKilledAndReturnsHasEveryAcknowledgedVersion(@TempDir Path folder)
      throws Exception {
    Path data = folder.resolve("data");
    EmbeddedPostgres postgres =
        TestDatabase.lasting().setDataDirectory(data).setCleanDataDirectory(false).start();
    try {
      start(2, "--store=" + postgres.getJdbcUrl("postgres", "postgres"));
      List<Future<List<Long>>> followers =
          TestSubscriber.follow(threads, client, eachInTurn(), goal);
      List<Future<?>> writers = write(Integer.MAX_VALUE);
      Await.until("some are written", () -> acknowledged.size() > 200);

      kill(data);
      for (URI address : addresses) {
        Await.until("the server says so", () -> get(address, "/health/ready").statusCode() == 503);
        assertThat(update(address).statusCode()).isEqualTo(503);
        HttpResponse<String> known = get(address, "/status");
        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.headers().map()).containsKey("pushlab-stale-since");
      }
      due.set(0);
      for (Future<?> writer : writers) {
        writer.get(20, TimeUnit.SECONDS);
      }

      postgres.close();
      postgres = restart(data, postgres.getPort());
      for (URI address : addresses) {
        Await.until("the server is whole", () -> get(address, "/health/ready").statusCode() == 200);
      }
      assertThat(acknowledged).doesNotHaveDuplicates();
      long highest = acknowledged.stream().mapToLong(version -> version).max().orElseThrow();
      long last = version(get(addresses.getFirst(), "/status"));
      assertThat(last).isBetween(highest, highest + WRITERS);
      assertNextIsTheEnd(last + 1, followers);
    } finally {
      postgres.close();
    }
  }

  private void start(int count, String store) throws IOException {
    for (int i = 0; i < count; i++) {
      processes.add(ServerProcess.start("--port=0", store));
    }
    for (ServerProcess process : processes) {
      addresses.add(process.address());
    }
  }

  /// Another server's address at each call.
  private Supplier<URI> eachInTurn() {
    var turn = new AtomicInteger();
    return () -> addresses.get(Math.floorMod(turn.getAndIncrement(), addresses.size()));
  }

  /// Writers that together make `updates` updates, each through all servers in turn. An update that
  /// is not acknowledged is not repeated.
  private List<Future<?>> write(int updates) {
    due.set(updates);
    Supplier<URI> address = eachInTurn();
    List<Future<?>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(threads.submit(() -> write(address)));
    }
    return writers;
  }

  private void write(Supplier<URI> address) {
    while (due.getAndDecrement() > 0) {
      try {
        HttpResponse<String> answer = update(address.get());
        if (answer.statusCode() == 200) {
          acknowledged.add(version(answer));
        }
      } catch (IOException _) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private void assertNextIsTheEnd(long next, List<Future<List<Long>>> followers) throws Exception {
    goal.set(next);
    assertThat(version(update(addresses.getFirst()))).isEqualTo(next);
    assertEndOn(next, followers);
  }

  private static void assertEndOn(long last, List<Future<List<Long>>> followers) throws Exception {
    for (Future<List<Long>> follower : followers) {
      assertThat(follower.get(20, TimeUnit.SECONDS))
          .isSorted()
          .doesNotHaveDuplicates()
          .hasSizeGreaterThan(2)
          .endsWith(last);
    }
  }

  /// Sends SIGKILL to the parent of all processes of that PostgreSQL.
  private static void kill(Path data) throws IOException {
    String id = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(id)).orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().join();
  }

  private static EmbeddedPostgres restart(Path data, int port) throws IOException {
    return TestDatabase.lasting()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  private HttpResponse<String> get(URI address, String path) {
    try {
      return client.send(
          HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> update(URI address) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/update-status?status=x"))
            .POST(BodyPublishers.noBody())
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
