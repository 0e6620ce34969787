package pushlab.report.road;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pushlab.report.result.road.Aspect;
import pushlab.report.road.RoadCell.Help;

/// What the second measurement says of a setting.
class RoadCellTest {

  @ParameterizedTest
  @CsvSource({
    "nginx, HOLD, VERIFIED, verified: 70 s pass",
    "haproxy, EVENTS, VERIFIED, verified: 0.4 ms late; the first 1 ms",
    "haproxy, HOLD, DID_NOT_HELP, did not help: cut at 50 s: 504",
    "nginx, WEB_SOCKET, VERIFIED, verified: passes: 101",
    "nginx, SILENT_SOCKET, NOT_MEASURED, with it: 70 s pass",
  })
  void saysWhetherASettingHelps(String proxy, Aspect aspect, Help help, String verified) {
    RoadCell cell = cell(proxy, aspect);

    assertThat(cell.help()).isEqualTo(help);
    assertThat(cell.setting()).isNotNull();
    assertThat(requireNonNull(cell.verified()).english()).isEqualTo(verified);
  }

  @ParameterizedTest
  @CsvSource({"squid, HOLD", "haproxy, DEATH", "squid, POLLS_OF_ONE_CONNECTION"})
  void hasNothingToVerifyWithoutASetting(String proxy, Aspect aspect) {
    RoadCell cell = cell(proxy, aspect);

    assertThat(cell.help()).isEqualTo(Help.NONE);
    assertThat(cell.setting()).isNull();
    assertThat(cell.verified()).isNull();
  }

  private static RoadCell cell(String proxy, Aspect aspect) {
    return RoadCell.of(Roads.of(proxy)).stream()
        .filter(cell -> cell.aspect() == aspect)
        .findFirst()
        .orElseThrow();
  }
}
