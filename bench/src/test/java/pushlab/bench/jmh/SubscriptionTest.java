package pushlab.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.report.result.Transport;
import pushlab.server.PushlabServer;
import pushlab.server.options.ServerOptions;

@Timeout(20)
class SubscriptionTest {

  @ParameterizedTest
  @EnumSource
  void aSubscriberReceivesEachVersionAfterItsConnection(Transport transport) throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"));
        var publisher = new VersionSocket(server.address());
        var subscriber = new VersionSocket(server.address())) {
      byte[] update = publisher.update("next");
      Subscription subscription = Subscription.over(subscriber, transport);
      for (long version = 1; version <= 100; version++) {
        publisher.send(update);
        subscription.awaitVersion(version);
        assertThat(publisher.nextVersion()).isEqualTo(version);
      }
    }
  }
}
