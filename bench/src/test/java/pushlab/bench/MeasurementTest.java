package pushlab.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pushlab.bench.host.Home;
import pushlab.bench.watch.Workload;
import pushlab.report.result.Transport;

/// A repeat of a cell, against our server in a process of its own.
@Timeout(60)
class MeasurementTest {

  private static final Home CHECKOUT =
      new Home(requireNonNull(Path.of("").toAbsolutePath().getParent()));
  private static final int CLIENTS = 100;
  private static final int FORMER_CLIENTS = 500;
  private static final String CONNECTIONS = "pushlab_connections ";

  @TempDir Path folder;

  @Test
  void memoryThatFormerClientsGiveBackMeanwhileIsNotCounted() throws Exception {
    try (Subject subject = Subject.start(CHECKOUT, folder.resolve("server.log"), null)) {
      URI server = subject.address();
      List<Socket> former = new ArrayList<>();
      for (int i = 0; i < FORMER_CLIENTS; i++) {
        former.add(connected(server));
      }
      Thread leaving = Thread.startVirtualThread(() -> leaveOnceOthersCome(server, former));

      var workload =
          new Workload(
              Transport.WEBSOCKET, CLIENTS, 10, Duration.ofSeconds(1), Duration.ofSeconds(1));
      Double kib = Measurement.of(subject, workload, 1).repeat().server().heapKiBPerConnection();

      assertThat(kib).isBetween(4.0, 60.0);
      leaving.join();
    }
  }

  /// One that the server has in memory: it has been answered.
  private static Socket connected(URI server) throws IOException {
    var socket = new Socket(server.getHost(), server.getPort());
    socket.getOutputStream().write("GET /status HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }

  private static void leaveOnceOthersCome(URI server, List<Socket> former) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (connections(http, server) < FORMER_CLIENTS + CLIENTS / 2) {
        Thread.onSpinWait();
      }
      for (Socket socket : former) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static double connections(HttpClient http, URI server)
      throws IOException, InterruptedException {
    var metrics = HttpRequest.newBuilder(server.resolve("/metrics")).build();
    return http.send(metrics, BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith(CONNECTIONS))
        .mapToDouble(line -> Double.parseDouble(line.substring(CONNECTIONS.length())))
        .sum();
  }
}
