package pushlab.bench.check;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The result of a check as one HTML page, which needs no network.
public final class CheckPage {

  private CheckPage() {}

  /// The page for `checked`.
  ///
  /// @throws IOException if the template cannot be read
  public static String of(CheckResult checked) throws IOException {
    var groups = new LinkedHashMap<String, List<Finding>>();
    for (Finding finding : checked.findings()) {
      groups.computeIfAbsent(finding.group(), _ -> new ArrayList<>()).add(finding);
    }
    var engine =
        new PebbleEngine.Builder()
            .loader(new ClasspathLoader(CheckPage.class.getClassLoader()))
            .strictVariables(true)
            .defaultLocale(Locale.ROOT)
            .build();
    var page = new StringWriter();
    engine
        .getTemplate("pushlab/bench/check/check.html.peb")
        .evaluate(
            page,
            Map.of("checked", checked, "groups", groups, "summary", checked.summary().english()));
    return page.toString();
  }
}
