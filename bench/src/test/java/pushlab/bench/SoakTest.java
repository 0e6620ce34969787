package pushlab.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.bench.host.Accounting;
import pushlab.bench.host.Home;
import pushlab.bench.host.ServerProcess;
import pushlab.bench.watch.Target;
import pushlab.bench.watch.Watch;
import pushlab.bench.watch.Watch.Counted;
import pushlab.bench.watch.WatchLoad;
import pushlab.report.result.Transport;

/// Clients of all transports stay connected to one server for a long time, while its task is
/// updated twice a second.
@Tag("alone")
class SoakTest {

  private static final Home CHECKOUT =
      new Home(requireNonNull(Path.of("").toAbsolutePath().getParent()));
  private static final Duration UPDATE_PERIOD = Duration.ofMillis(500);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(970);

  /// By then the JVM has compiled its code and its heap has its final size.
  private static final int SETTLED_MINUTES = 10;

  private static final double LEVEL = 1.1;

  /// The server closes idle connections after two seconds, but none of these is idle.
  @Test
  @Timeout(60)
  void aBusyTaskKeepsItsClientsBeyondTheIdleTime() throws Exception {
    stay(
        25,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        List.of("--port=0", "--heartbeat=500ms", "--idle-timeout=2s"));
  }

  /// Takes an hour, or the minutes of the system property `soak.minutes`. Prints the server's
  /// memory each minute.
  @Test
  @Tag("long")
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void memoryStaysLevelWithTwoThousandClients() throws Exception {
    Duration length = Duration.ofMinutes(Integer.getInteger("soak.minutes", 60));

    List<Long> resident = stay(500, length, Duration.ofMinutes(1), List.of("--port=0"));

    if (resident.size() > SETTLED_MINUTES) {
      long settled = resident.get(SETTLED_MINUTES - 1);
      assertThat(resident.subList(SETTLED_MINUTES, resident.size()))
          .allSatisfy(later -> assertThat((double) later / settled).isLessThan(LEVEL));
    }
  }

  /// Connects `clients` of each transport for `length`.
  ///
  /// @return the server's resident memory in MiB, one value for each `period`
  private static List<Long> stay(
      int clients, Duration length, Duration period, List<String> options) throws Exception {
    try (ServerProcess server =
            ServerProcess.start(CHECKOUT, options, its -> {}, SoakTest::readToTheEnd);
        HttpClient http = HttpClient.newHttpClient();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var update =
          HttpRequest.newBuilder(server.address().resolve("/update-status?status=x"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      List<Future<Counted>> staying = new ArrayList<>();
      for (Transport transport : Transport.values()) {
        staying.add(threads.submit(staying(server.address(), transport, clients, length)));
      }

      List<Long> resident = new ArrayList<>();
      long start = System.nanoTime();
      for (int updates = 1; staying.stream().anyMatch(each -> !each.isDone()); updates++) {
        assertThat(http.send(update, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
        if (System.nanoTime() - start >= period.multipliedBy(resident.size() + 1L).toNanos()) {
          resident.add(new Accounting(server.handle()).residentKiB().orElseThrow() / 1024);
          System.out.println("resident, MiB: " + resident);
        }
        TimeUnit.NANOSECONDS.sleep(start + updates * UPDATE_PERIOD.toNanos() - System.nanoTime());
      }

      for (Future<Counted> each : staying) {
        assertThat(each.get().firstError()).isNull();
        assertThat(each.get().faults().disconnects()).isZero();
        assertThat(each.get().traffic().bytesOut()).isPositive();
      }
      return resident;
    }
  }

  private static Callable<Counted> staying(
      URI server, Transport transport, int clients, Duration length) {
    var workload = new WatchLoad(transport, clients, 1, POLL_INTERVAL, length);
    return () -> {
      try (Watch watch = Watch.connect(Target.of(server), workload)) {
        return watch.idle(length);
      }
    };
  }

  private static void readToTheEnd(BufferedReader output) {
    output.lines().forEach(line -> {});
  }
}
