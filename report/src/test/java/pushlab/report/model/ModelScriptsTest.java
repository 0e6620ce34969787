package pushlab.report.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import pushlab.report.result.ResultsFolder;

class ModelScriptsTest {

  private static final Path FOLDER = Path.of("src/main/resources/pushlab/report/model");

  @Test
  void thePageHasEachModuleOfTheFolderAsItIs() throws IOException {
    JsonNode imports = ResultsFolder.json().readTree(ModelScripts.importMap()).get("imports");

    try (var files = Files.list(FOLDER)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".js")).toList()) {
        String url = imports.path("#model/" + file.getFileName()).asText();
        assertThat(URLDecoder.decode(url.substring(url.indexOf(',') + 1), UTF_8))
            .as(file.toString())
            .isEqualTo(Files.readString(file));
      }
    }
  }
}
