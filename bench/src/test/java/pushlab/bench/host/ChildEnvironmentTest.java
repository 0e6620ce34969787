package pushlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {

  @Test
  void hasNoVariableThatChangesAMeasurement() {
    var environment =
        new HashMap<>(
            Map.of(
                "PATH", "/bin",
                "LANG", "ar_EG.UTF-8",
                "PUSHLAB_STORE", "jdbc:h2:file:./mine",
                "PUSHLAB_ANYTHING_TO_COME", "1",
                "JAVA_TOOL_OPTIONS", "-XX:+UseG1GC",
                "JDK_JAVA_OPTIONS", "-Xint",
                "_JAVA_OPTIONS", "-Xmx1m"));

    ChildEnvironment.clear(environment);

    assertThat(environment).containsOnlyKeys("PATH", "LANG");
  }
}
