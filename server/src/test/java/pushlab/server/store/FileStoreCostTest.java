package pushlab.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pushlab.server.testing.ServerProcess;

/// What a file costs: the numbers in docs/store.md. They are printed, and no test fails because of
/// them.
@Tag("long")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileStoreCostTest {

  @TempDir private Path folder = Path.of("");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void updatesASecondAndTheFileAfterwards() throws Exception {
    long begun = System.nanoTime();
    try (ServerProcess server =
        ServerProcess.start("--port=0", "--store=jdbc:sqlite:" + folder.resolve("a"))) {
      URI address = server.address();
      System.out.printf("started in %.0f ms%n", (System.nanoTime() - begun) / 1e6);
      update(address, 8, 2_000);
      for (int writers : new int[] {1, 8}) {
        print(writers, 4_000, address);
      }
      for (String file : folder.toFile().list()) {
        System.out.printf(
            "after 10,000 updates of 8 tasks %s has %.1f MB%n",
            file, folder.resolve(file).toFile().length() / 1e6);
      }
    }
  }

  private void print(int writers, int updates, URI address) throws Exception {
    long begun = System.nanoTime();
    List<Long> nanos = update(address, writers, updates);
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        "%d writers, each of its own task: %.0f updates/s, median %.2f ms, 99th percentile %.2f ms%n",
        writers,
        updates / seconds,
        nanos.get(updates / 2) / 1e6,
        nanos.get(updates / 100 * 99) / 1e6);
  }

  /// The time from each update to its acknowledgement, sorted.
  private List<Long> update(URI address, int writers, int updates) throws Exception {
    var due = new AtomicInteger(updates);
    var nanos = new ConcurrentLinkedQueue<Long>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> all = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        HttpRequest request =
            HttpRequest.newBuilder(address.resolve("/update-status?status=x&task=t" + writer))
                .POST(BodyPublishers.noBody())
                .build();
        all.add(
            () -> {
              while (due.getAndDecrement() > 0) {
                long sent = System.nanoTime();
                assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
                nanos.add(System.nanoTime() - sent);
              }
              return true;
            });
      }
      for (Future<Boolean> one : threads.invokeAll(all)) {
        one.get();
      }
    }
    return nanos.stream().sorted().toList();
  }
}
