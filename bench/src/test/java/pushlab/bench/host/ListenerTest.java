package pushlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ListenerTest {

  @Test
  void isFoundByItsPort() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      assertThat(Listener.on(port)).hasValue(ProcessHandle.current());
    }
    assertThat(Listener.on(port)).isEmpty();
  }

  @Test
  void isAccountedFor() throws Exception {
    var accounting = new Accounting(ProcessHandle.current());

    assertThat(accounting.cpuTime()).isPresent();
    assertThat(accounting.residentKiB().orElseThrow()).isPositive();
    assertThat(Accounting.kernelKiB().orElseThrow()).isPositive();
  }
}
