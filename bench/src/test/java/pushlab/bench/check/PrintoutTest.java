package pushlab.bench.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.bench.SmallServer;
import pushlab.report.text.Language;

@Timeout(120)
class PrintoutTest {

  @Test
  void inFrenchTheFindingsStandAmongFrenchWords() throws Exception {
    try (var wrong = SmallServer.start()) {
      wrong.on("/poll-status", (_, out) -> SmallServer.send(out, 200, "{}"));
      Checking checking = Checking.of(Language.FRENCH, wrong.address());
      assertThat(checking.said().replace('\u00a0', ' '))
          .contains("  FAUX  first answer", "attendu : ", "trouvé :  ", "conséq. : ", "  omis  ")
          .doesNotContain("FAIL", "expected:", "check.");
      assertThat(checking.checked().summary().in(Language.FRENCH)).startsWith("NON CONFORME");
    }
  }
}
