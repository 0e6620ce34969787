package pushlab.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pushlab.bench.network.Networks;
import pushlab.bench.network.Shapers;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;
import pushlab.report.result.herd.HerdTrial;

/// `./lab herd`.
@Timeout(120)
class HerdCommandTest extends LabProcess {

  @Test
  void allClientsComeBackToAServerThatWasKilled() throws Exception {
    Ended lab =
        lab(
            "herd --transports long-polling,ndjson,websocket --clients 20 --events kill"
                + " --windows 200ms --json - --results "
                + folder);

    assertThat(lab.exit()).as(lab.err()).isZero();
    assertThat(ResultsFolder.json().readTree(lab.out())).hasSize(3);
    assertThat(trials())
        .hasSize(3)
        .allSatisfy(
            trial -> {
              assertThat(trial.notBack()).isZero();
              assertThat(trial.attempts()).isGreaterThanOrEqualTo(20);
              assertThat(trial.goneSeconds()).isPositive();
              assertThat(trial.backMicros().max())
                  .isGreaterThan((long) (trial.goneSeconds() * 1e6));
            });
    assertThat(folder.resolve("index.html")).exists();
  }

  @Test
  void holdsEndTogetherOnlyWithoutASpread() throws Exception {
    Ended lab =
        lab("herd --quick --clients 50 --events hold-end --hold-spread 0,0.5 --results " + folder);

    assertThat(lab.exit()).as(lab.err()).isZero();
    List<HerdTrial> trials = trials();
    assertThat(trials)
        .hasSize(2)
        .allSatisfy(trial -> assertThat(trial.transport()).isEqualTo(Transport.LONG_POLLING))
        .allSatisfy(trial -> assertThat(trial.notBack()).isZero());
    assertThat(trials)
        .filteredOn(trial -> Double.valueOf(0.5).equals(trial.settings().holdSpread()))
        .allSatisfy(trial -> assertThat(trial.backMicros().max()).isGreaterThan(1_500_000));
  }

  @Test
  void theUpdateOfACutComesAfterItsEnd() throws Exception {
    assumeTrue(Shapers.missing().isEmpty());

    Ended lab =
        lab("herd --transports sse --clients 20 --events cut --windows 1s --results " + folder);

    assertThat(lab.exit()).as(lab.err()).isZero();
    assertThat(trials())
        .singleElement()
        .satisfies(
            trial -> {
              assertThat(requireNonNull(trial.network()).name()).isEqualTo("lan");
              assertThat(trial.goneSeconds()).isBetween(10.0, 12.0);
              assertThat(trial.notBack()).isZero();
              assertThat(trial.refused()).isZero();
              assertThat(trial.backMicros().p50()).isGreaterThan(10_000_000);
            });
  }

  @Test
  void aKillOverANetworkTakesItsRoundTrip() throws Exception {
    assumeTrue(Shapers.missing().isEmpty());

    Ended lab =
        lab(
            "herd --transports sse --clients 20 --events kill --windows 0 --network rtt=200ms"
                + " --results "
                + folder);

    assertThat(lab.exit()).as(lab.err()).isZero();
    assertThat(trials())
        .singleElement()
        .satisfies(
            trial -> {
              assertThat(trial.network()).isEqualTo(Networks.parse("rtt=200ms"));
              assertThat(trial.notBack()).isZero();
              assertThat(trial.refused()).isPositive();
              assertThat(trial.backMicros().max())
                  .as("the update after the start takes half a round trip")
                  .isGreaterThan((long) (trial.goneSeconds() * 1e6) + 100_000);
            });
  }

  @Test
  void whatWasMeasuredBeforeCtrlCIsReportedAndNothingIsLeft() throws Exception {
    Process lab =
        start(
            "herd --transports sse --clients 20 --events update,kill --windows 60s --results "
                + folder);
    await(lab, () -> trials().size() == 1 && lab.descendants().findAny().isPresent());
    List<ProcessHandle> children = lab.descendants().toList();

    lab.destroy();

    assertThat(lab.waitFor(60, TimeUnit.SECONDS)).isTrue();
    for (ProcessHandle child : children) {
      child.onExit().get(30, TimeUnit.SECONDS);
    }
    assertThat(Files.readString(folder.resolve("out"))).contains("results: " + folder);
    assertThat(folder.resolve("index.html")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--clients 0 | --clients must be from 1 to 10000",
        "--clients 10001 | --clients must be from 1 to 10000",
        "--windows soon | 'soon' is not a time",
        "--windows 3m | '3m' is not from 0 to 120s",
        "--events flood | no event 'flood'; there are [update, hold-end, restart, kill, cut]",
        "--transports carrier-pigeon | no transport 'carrier-pigeon'",
        "--hold-spread 2 | --hold-spread must be from 0 to 1",
        "--accepts-per-second -1 | --accepts-per-second must be from 0 to 1000000",
        "--repeats 0 | --repeats must be from 1 to 100",
        "--events cut --network loopback | --events cut needs a network that can be cut",
        "--network 9g | --network: there is no network '9g'",
        "--transports sse --events hold-end | no other transport has a hold"
      })
  void aWrongValueIsNamed(String arguments, String said) throws Exception {
    Ended lab = lab("herd " + arguments);

    assertThat(lab.err()).contains(said);
    assertThat(lab.exit()).isEqualTo(2);
  }

  private List<HerdTrial> trials() {
    return new ResultsFolder(folder).herds(new ArrayList<>());
  }
}
