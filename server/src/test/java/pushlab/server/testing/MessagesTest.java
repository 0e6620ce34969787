package pushlab.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The description of the messages on open connections, compared with the actual ones. Every test
/// that receives a message checks it against the description too.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MessagesTest {

  @Test
  void namesTheAddressesAndTheirQueryParameters() throws Exception {
    try (var server = TestServer.start()) {
      for (var channel : Messages.channels().entrySet()) {
        String address = channel.getKey();
        assertThat(channel.getValue()).isEqualTo(Description.queryParameters(address));
        for (String parameter : channel.getValue()) {
          HttpResponse<String> twice =
              server.get("%s?%s=1&%s=2".formatted(address, parameter, parameter));
          assertProblem(twice, 400, parameter + ": must be");
        }
      }
    }
  }

  @Test
  void namesTheCloseStatuses() throws Exception {
    List<Integer> came = new ArrayList<>();
    try (var server = TestServer.start("--max-readers=1", "--max-frame=125")) {
      came.add(closeAfter(server, 0x88, 0x80, 0, 0, 0, 0));
      came.add(closeAfter(server, 0x83, 0x80, 0, 0, 0, 0));
      came.add(closeAfter(server, 0x81, 0x81, 0, 0, 0, 0, 0xff));
      came.add(closeAfter(server, 0x82, 0xfe, 0, 126, 0, 0, 0, 0));
      try (RawConnection subscriber = admitted(server)) {
        try (RawConnection refused = WebSocketClient.upgraded(server)) {
          came.add(close(refused));
        }
        Thread stopping = Thread.startVirtualThread(server.server::close);
        came.add(close(subscriber));
        stopping.join();
      }
    }
    assertThat(came).containsExactlyInAnyOrderElementsOf(Messages.closes());
  }

  private static int closeAfter(TestServer server, int... frame) throws Exception {
    try (RawConnection client = admitted(server)) {
      return close(client.write(frame));
    }
  }

  /// The only subscriber for which there is room. An earlier one may still be counted for a moment.
  private static RawConnection admitted(TestServer server) throws Exception {
    server.awaitSubscribers(0);
    RawConnection client = WebSocketClient.upgraded(server);
    assertThat(client.readFrame()).startsWith("text ");
    return client;
  }

  private static int close(RawConnection client) throws Exception {
    String frame = client.readFrame();
    while (!frame.startsWith("close ")) {
      frame = client.readFrame();
    }
    Messages.assertFrameFits(frame);
    return Integer.parseInt(frame.substring("close ".length()));
  }
}
