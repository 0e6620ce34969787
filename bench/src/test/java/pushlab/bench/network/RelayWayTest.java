package pushlab.bench.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.bench.text.SaidException;
import pushlab.report.result.Network;
import pushlab.report.result.NetworkUse.Shaper;

/// This process is in no namespace of its own, so a way that it opens is a relay.
@Timeout(60)
class RelayWayTest {

  private static final Network NEAR = Networks.parse("rtt=100ms");

  @Test
  void theRoundTripIsAsAsked() throws Exception {
    try (ShapedWay way = ShapedWay.open(NEAR)) {
      assertThat(way.shaper()).isEqualTo(Shaper.RELAY);
      assertThat(way.serverCommand()).isEmpty();
      assertThat(way.calibrate().roundTripMillis()).isBetween(100.0, 140.0);
      assertThat(way.calibrate().loss()).isNull();
    }
  }

  @Test
  void theFirstAnswerTakesTwoRoundTripsAsConnectingTakesOne() throws Exception {
    try (ShapedWay way = ShapedWay.open(NEAR);
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI relay = way.toSubscribers(uri(server));
      long began = System.nanoTime();
      try (var client = new Socket(relay.getHost(), relay.getPort())) {
        client.getOutputStream().write('?');
        try (Socket accepted = server.accept()) {
          assertThat(accepted.getInputStream().read()).isEqualTo('?');
          assertThat(millisSince(began)).isGreaterThanOrEqualTo(150);
          accepted.getOutputStream().write('!');
          assertThat(client.getInputStream().read()).isEqualTo('!');
          assertThat(millisSince(began)).isGreaterThanOrEqualTo(200);
        }
        assertThat(client.getInputStream().read()).isNegative();
      }
    }
  }

  @Test
  void theRateIsSharedAndNothingIsLost() throws Exception {
    int bytes = 125_000;
    try (ShapedWay way = ShapedWay.open(Networks.parse("rate=1mbit"));
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI relay = way.toSubscribers(uri(server));
      try (var client = new Socket(relay.getHost(), relay.getPort());
          Socket accepted = server.accept()) {
        long began = System.nanoTime();
        accepted.getOutputStream().write(new byte[bytes]);
        assertThat(client.getInputStream().readNBytes(bytes)).hasSize(bytes);
        assertThat(millisSince(began)).isGreaterThanOrEqualTo(900);
      }
    }
  }

  @Test
  void aServerThatIsNotThereClosesTheConnection() throws Exception {
    URI nobody;
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = uri(server);
    }
    try (ShapedWay way = ShapedWay.open(NEAR)) {
      URI relay = way.toSubscribers(nobody);
      try (var client = new Socket(relay.getHost(), relay.getPort())) {
        assertThat(client.getInputStream().read()).isNegative();
      }
    }
  }

  @Test
  void thePublisherAsksTheServerItself() throws Exception {
    URI server = URI.create("http://127.0.0.1:8080");
    try (ShapedWay way = ShapedWay.open(NEAR)) {
      assertThat(way.toPublisher(server)).isEqualTo(server);
    }
  }

  @Test
  void lossIsRefusedWithWhatIsMissing() {
    assertThatExceptionOfType(SaidException.class)
        .isThrownBy(() -> ShapedWay.open(Networks.parse("4g")))
        .withMessageStartingWith(
            "the network '4g' loses packets, and a relay of streams cannot do that: ");
  }

  @Test
  void loopbackIsNotShaped() {
    assertThatIllegalArgumentException().isThrownBy(() -> ShapedWay.open(Network.LOOPBACK));
  }

  private static URI uri(ServerSocket server) throws IOException {
    return URI.create(
        "http://%s:%d".formatted(server.getInetAddress().getHostAddress(), server.getLocalPort()));
  }

  private static double millisSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e6;
  }
}
