package pushlab.bench.network;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pushlab.report.result.Network;

class NetworksTest {

  @Test
  void namesStandForNetworks() {
    assertThat(Networks.parse("loopback")).isEqualTo(Network.LOOPBACK);
    assertThat(Networks.parse(" 4G ").loss()).isEqualTo(0.01);
    assertThat(Networks.named())
        .extracting(Network::name)
        .containsExactly("loopback", "lan", "wifi", "4g", "3g", "satellite");
  }

  @ParameterizedTest
  @CsvSource({
    "'rtt=80ms,loss=1%,rate=5mbit,jitter=10ms'",
    "'jitter=10ms,rate=5mbit,loss=1%,rtt=80ms'",
    "' RTT=0.08s, rate=5000kbit ,jitter=0.01s,loss=1.0% '"
  })
  void theOrderOfPartsDoesNotMatter(String text) {
    assertThat(Networks.parse(text))
        .isEqualTo(new Network("80ms-jitter10ms-1pct-5mbit", 80, 10, 0.01, 5.0));
  }

  @ParameterizedTest
  @CsvSource({
    "rtt=80ms, 80ms",
    "loss=0.1%, 0ms-0.1pct",
    "'rtt=0.5ms,rate=1.5gbit', 0.5ms-1500mbit",
    "'rtt=1.5s,rate=512kbit,loss=2%', 1500ms-2pct-512kbit"
  })
  void aDescribedNetworkHasANameForFiles(String text, String name) {
    assertThat(Networks.parse(text).name()).isEqualTo(name).matches("[a-z0-9.-]+");
  }

  @Test
  void theDescriptionOfANamedNetworkIsThatNetwork() {
    Network named = Networks.parse("satellite");
    assertThat(
            Networks.parse(
                "rtt=%sms,jitter=%sms,loss=%s%%"
                    .formatted(named.roundTripMillis(), named.jitterMillis(), named.loss() * 100)))
        .isEqualTo(named);
  }

  @Test
  void thePageImitatesTheSameRoundTrips() throws IOException {
    Path page =
        Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("client/web");
    Map<String, Double> imitated =
        Pattern.compile("name: '(\\w+)', roundTripMs: (\\d+)")
            .matcher(Files.readString(page.resolve("networks.js")))
            .results()
            .collect(toMap(it -> it.group(1), it -> Double.valueOf(it.group(2))));

    assertThat(imitated).containsKeys("wifi", "4g", "3g", "satellite");
    assertThat(Networks.named())
        .filteredOn(network -> imitated.containsKey(network.name()))
        .allSatisfy(
            network ->
                assertThat(imitated.get(network.name())).isEqualTo(network.roundTripMillis()));
  }

  @Test
  void partsThatFollowEachOtherAreOneNetwork() {
    assertThat(Networks.list("4g,rtt=80ms,loss=1%,loopback,rate=1mbit"))
        .extracting(Network::name)
        .containsExactly("4g", "80ms-1pct", "loopback", "0ms-1mbit");
  }

  @Test
  void twoDescribedNetworksAreTwoLists() {
    assertThat(Networks.list(List.of("rtt=80ms", "rtt=200ms,loss=1%")))
        .extracting(Network::name)
        .containsExactly("80ms", "200ms-1pct");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "loss=101%|'loss=101%' is impossible: loss is from 0% to 50%",
        "loss=-1%|'loss=-1%' is impossible: loss is from 0% to 50%",
        "loss=1|'loss=1' is impossible: loss is from 0% to 50%",
        "rtt=80|'rtt=80' is impossible: rtt is from 0ms to 5s",
        "rtt=6s|'rtt=6s' is impossible: rtt is from 0ms to 5s",
        "rtt=|'rtt=' is impossible: rtt is from 0ms to 5s",
        "rate=0mbit|'rate=0mbit' is impossible: rate is from 10kbit to 10gbit",
        "rate=5|'rate=5' is impossible: rate is from 10kbit to 10gbit",
        "rate=NaNmbit|'rate=nanmbit' is impossible: rate is from 10kbit to 10gbit",
        "rtt=10ms,jitter=6ms|'jitter=6ms' is impossible: jitter is from 0ms to half the round trip, here 5ms",
        "rtt=1ms,rtt=2ms|'rtt' is given twice; each described network needs an option of its own",
        "delay=1ms|a network has no 'delay'; it has rtt, loss, rate and jitter",
        "5g|there is no network '5g'; there are loopback, lan, wifi, 4g, 3g, satellite, or rtt=80ms,loss=1%,rate=5mbit,jitter=10ms",
        "4g,wifi,4g|the network '4g' is given twice",
        "4g,,wifi|there is no network ''; there are loopback, lan, wifi, 4g, 3g, satellite, or rtt=80ms,loss=1%,rate=5mbit,jitter=10ms",
      })
  void whatIsImpossibleIsRefusedByName(String text, String why) {
    assertThatIllegalArgumentException().isThrownBy(() -> Networks.list(text)).withMessage(why);
  }

  @Test
  void aListIsNotOneNetwork() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Networks.parse("4g,wifi"))
        .withMessage("'4g,wifi' is not one network");
  }
}
