package pushlab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/// `docs/dependencies.md` has a row for each direct dependency, and no other: a table for each
/// module, whose first column names artifacts.
class DependenciesTest {

  /// Those of tests are in a profile.
  private static final String DEPENDENCY =
      "/project/dependencies/dependency | /project/profiles/profile/dependencies/dependency";

  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  @Test
  void everyDirectDependencyHasItsRow() throws Exception {
    var inPoms = new TreeMap<String, Set<String>>();
    inPoms.put("Every module", artifacts("pom.xml", DEPENDENCY));
    for (String module : List.of("server", "report", "bench")) {
      inPoms.put(module, artifacts(module + "/pom.xml", DEPENDENCY));
    }
    inPoms.put("client", packages("client/package.json"));
    Set<String> processors = new TreeSet<>();
    for (String pom : List.of("pom.xml", "server/pom.xml", "bench/pom.xml")) {
      processors.addAll(artifacts(pom, "//annotationProcessorPaths/path"));
    }
    inPoms.put("The compiler", processors);
    inPoms.put("Maven", artifacts("pom.xml", "/project/build/pluginManagement/plugins/plugin"));

    assertThat(inDocument()).isEqualTo(inPoms);
  }

  private static Set<String> packages(String json) throws Exception {
    try (var reader = Json.createReader(Files.newInputStream(Documents.CHECKOUT.resolve(json)))) {
      return new TreeSet<>(reader.readObject().getJsonObject("devDependencies").keySet());
    }
  }

  private static Map<String, Set<String>> inDocument() throws Exception {
    var tables = new TreeMap<String, Set<String>>();
    Set<String> table = new TreeSet<>();
    for (String line : Documents.lines(Path.of("docs/dependencies.md")).toList()) {
      if (line.startsWith("## ")) {
        table = new TreeSet<>();
        tables.put(line.substring(3).replace("`", ""), table);
      } else if (line.startsWith("| `")) {
        String names = line.substring(1, line.indexOf('|', 1));
        for (MatchResult name : NAME.matcher(names).results().toList()) {
          assertThat(table.add(name.group(1))).as(line).isTrue();
        }
      }
    }
    return tables;
  }

  /// The artifacts at `place` but our own modules.
  private static Set<String> artifacts(String pom, String place) throws Exception {
    var document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Documents.CHECKOUT.resolve(pom).toFile());
    var xpath = XPathFactory.newDefaultInstance().newXPath();
    NodeList found = (NodeList) xpath.evaluate(place, document, XPathConstants.NODESET);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      Node each = found.item(i);
      String group = xpath.evaluate("groupId", each);
      String artifact = xpath.evaluate("artifactId", each);
      if (!group.equals("pushlab")) {
        // Two artifacts are named `playwright`, and one ends with the system's name.
        boolean twice = artifact.equals("playwright");
        names.add(twice ? group + ":" + artifact : artifact.replaceFirst("-\\$\\{.*", ""));
      }
    }
    return new TreeSet<>(names);
  }
}
