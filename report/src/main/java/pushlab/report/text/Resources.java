package pushlab.report.text;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/// The files of the report on the class path.
public final class Resources {

  private Resources() {}

  /// A file of the folder `pushlab/report`.
  public static String read(String name) {
    return text("/pushlab/report/" + name);
  }

  /// The minified script of a WebJar of `org.webjars`, escaped for a `script` element.
  public static String script(String webjar) {
    var properties = new Properties();
    String about = "/META-INF/maven/org.webjars/" + webjar + "/pom.properties";
    try (InputStream in = open(about)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(about, e);
    }
    return text("/META-INF/resources/webjars/%s/%s/%s.min.js"
            .formatted(webjar, properties.getProperty("version"), webjar))
        .replace("</script", "<\\/script")
        .replace("<!--", "<\\!--")
        .replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }

  private static String text(String path) {
    try (InputStream in = open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  private static InputStream open(String path) throws FileNotFoundException {
    InputStream in = Resources.class.getResourceAsStream(path);
    if (in == null) {
      throw new FileNotFoundException("not on the class path: " + path);
    }
    return in;
  }
}
