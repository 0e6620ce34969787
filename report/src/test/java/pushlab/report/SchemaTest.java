package pushlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The published schema of `report.json`.
class SchemaTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"good", "noisy", "transport-missing", "broken", "hostile", "empty"})
  void aReportIsWhatItsSchemaSays(String golden) throws IOException {
    Report.write(Folders.copy(golden, folder));

    assertThat(schema().validate(report(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void theSchemaTurnsAwayWhatItDoesNotName() throws IOException {
    Report.write(Folders.copy("good", folder));

    String other = report().replaceFirst("\"grade\"", "\"mark\"");
    assertThat(schema().validate(other, InputFormat.JSON)).hasSize(2);
  }

  private String report() throws IOException {
    return Files.readString(folder.resolve("report.json"));
  }

  private static Schema schema() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(Path.of("../docs/report.schema.json")), InputFormat.JSON);
  }
}
