package pushlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The published schemas of `report.json`, as they lie beside it.
class SchemaTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "good",
        "noisy",
        "transport-missing",
        "broken",
        "hostile",
        "nodes",
        "deliveries",
        "networks",
        "behind",
        "empty"
      })
  void aReportMatchesItsSchema(String golden) throws IOException {
    Report.write(Folders.copy(golden, folder));

    assertThat(faults("report.schema.json", report())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"good", "broken", "hostile", "deliveries", "empty"})
  void twoRunsSideBySideMatchTheirSchema(String golden) throws IOException {
    sideBySide(golden);

    assertThat(faults("side-by-side.schema.json", report())).isEmpty();
    for (String schema : List.of("side-by-side.schema.json", "report.schema.json")) {
      assertThat(folder.resolve(schema)).hasSameTextualContentAs(Path.of("../docs", schema));
    }
  }

  @Test
  void aReportOnProxiesMatchesItsSchema() throws IOException {
    Report.write(Folders.copy("proxies", folder));

    assertThat(faults("proxies.schema.json", Files.readString(folder.resolve("proxies.json"))))
        .isEmpty();
    assertThat(folder.resolve("proxies.schema.json"))
        .hasSameTextualContentAs(Path.of("../docs/proxies.schema.json"));
  }

  @Test
  void aReportOnHerdsMatchesItsSchema() throws IOException {
    Report.write(Folders.herds(folder));

    assertThat(faults("herd.schema.json", Files.readString(folder.resolve("herd.json")))).isEmpty();
    assertThat(folder.resolve("herd.schema.json"))
        .hasSameTextualContentAs(Path.of("../docs/herd.schema.json"));
  }

  @Test
  void theSchemasRejectUnknownProperties() throws IOException {
    Report.write(Folders.copy("good", folder));
    String other = report().replaceFirst("\"grade\"", "\"mark\"");
    assertThat(faults("report.schema.json", other)).hasSize(2);

    sideBySide("good");
    String others = report().replaceFirst("\"grade\"", "\"mark\"").replaceFirst("\"a\"", "\"c\"");
    assertThat(faults("side-by-side.schema.json", others)).hasSize(2);
  }

  private void sideBySide(String golden) throws IOException {
    SideBySide.write(
        Folders.copy("good", folder.resolve("a")).path(),
        Folders.copy(golden, folder.resolve("b")).path(),
        folder);
  }

  private String report() throws IOException {
    return Files.readString(folder.resolve("report.json"));
  }

  private static List<Error> faults(String schema, String json) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(SchemaLocation.of("classpath:pushlab/report/" + schema))
        .validate(json, InputFormat.JSON);
  }
}
