package pushlab.bench.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pushlab.bench.host.ManagedJvm.Recorded;
import pushlab.report.result.Delivery;

class ManagedJvmTest {

  private static final Home CHECKOUT =
      new Home(requireNonNull(Path.of("").toAbsolutePath().getParent()));

  @Test
  void recordsTheAllocationAndThePausesOfAServerProcess(@TempDir Path folder) throws Exception {
    try (var server =
        ServerProcess.start(CHECKOUT, Delivery.DEFAULT, folder.resolve("server.log"))) {
      ManagedJvm jvm = ManagedJvm.of(server.handle()).orElseThrow();
      jvm.record();
      assertThat(jvm.liveHeapBytes().orElseThrow()).isPositive();
      Recorded recorded = jvm.recorded().orElseThrow();

      assertThat(recorded.pauses()).as("the collection that it was asked for").isNotEmpty();
      assertThat(recorded.longestPause()).isPositive().isLessThanOrEqualTo(recorded.paused());
      assertThat(recorded.allocatedBytes()).isPositive();
      assertThat(jvm.recorded()).as("what nobody asked for").isEmpty();
    }
  }

  /// Garbage may stay in place until a collection compacts the whole heap, which is one of twenty.
  @Test
  void theLiveHeapDoesNotChangeFromOneReadingToTheNext(@TempDir Path folder) throws Exception {
    try (var server =
        ServerProcess.start(CHECKOUT, Delivery.DEFAULT, folder.resolve("server.log"))) {
      ManagedJvm jvm = ManagedJvm.of(server.handle()).orElseThrow();
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        clients.add(answered(server.address()));
      }
      assertThat(jvm.liveHeapBytes()).isPresent();
      for (Socket client : clients) {
        client.close();
      }

      assertThat(jvm.liveHeapBytes()).isPresent();
      var read = new LongSummaryStatistics();
      for (int i = 0; i < 20; i++) {
        read.accept(jvm.liveHeapBytes().orElseThrow());
      }

      assertThat(read.getMax() - read.getMin()).isLessThan(200_000);
    }
  }

  private static Socket answered(URI server) throws IOException {
    var socket = new Socket(server.getHost(), server.getPort());
    socket.getOutputStream().write("GET /status HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }

  @Test
  void isEmptyForAProcessThatIsNotAJvm() throws Exception {
    Process sleeper = new ProcessBuilder(List.of("sleep", "60")).start();
    try {
      assertThat(ManagedJvm.of(sleeper.toHandle())).isEmpty();
    } finally {
      sleeper.destroy();
    }
  }
}
