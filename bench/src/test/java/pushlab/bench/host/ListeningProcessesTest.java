package pushlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ListeningProcessesTest {

  @Test
  void areFoundByTheirPort() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      assertThat(ListeningProcesses.on(port)).containsExactly(ProcessHandle.current());
    }
    assertThat(ListeningProcesses.on(port)).isEmpty();
  }

  @Test
  void areFoundWhileTheyOpenAndCloseFiles() throws Exception {
    Path file = Path.of("/proc/self/stat");
    List<InputStream> before = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      before.add(Files.newInputStream(file));
    }
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (InputStream stream : before) {
        stream.close();
      }
      Thread busy = Thread.ofPlatform().start(() -> openAndClose(file));
      for (int i = 0; i < 20; i++) {
        assertThat(ListeningProcesses.on(socket.getLocalPort()))
            .containsExactly(ProcessHandle.current());
      }
      busy.interrupt();
      busy.join();
    }
  }

  private static void openAndClose(Path file) {
    while (!Thread.currentThread().isInterrupted()) {
      try (InputStream one = Files.newInputStream(file);
          InputStream other = Files.newInputStream(file)) {
        assertThat(one).isNotSameAs(other);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void haveCpuTime() throws Exception {
    var accounting = new Accounting(ProcessHandle.current());

    assertThat(accounting.cpuTime()).isPresent();
    assertThat(accounting.residentKiB().orElseThrow()).isPositive();
    assertThat(Accounting.kernelKiB().orElseThrow()).isPositive();
  }
}
