package pushlab.bench.road.proxy;

import static java.util.stream.Collectors.joining;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pushlab.report.result.road.Aspect;

/// [Apache httpd](https://httpd.apache.org/docs/2.4/howto/reverse_proxy.html#simple).
final class Apache implements ProxyKind {

  private static final String FILE = "apache.conf";

  /// Where systems keep its modules.
  private static final List<String> MODULES =
      List.of(
          "/usr/lib/apache2/modules",
          "/usr/lib64/httpd/modules",
          "/usr/lib/httpd/modules",
          "/usr/libexec/apache2",
          "/usr/local/apache2/modules");

  private static final String TIMEOUT = "ProxyTimeout 75";
  private static final String UPGRADE = "upgrade=websocket";
  private static final String HOST = "ProxyPreserveHost On";

  @Override
  public String id() {
    return "apache";
  }

  @Override
  public String name() {
    return "Apache";
  }

  @Override
  public List<String> programs() {
    return List.of("apache2", "httpd");
  }

  @Override
  public List<String> versionArguments() {
    return List.of("-v");
  }

  @Override
  public Pattern version() {
    return Pattern.compile("Apache/([0-9.]+)");
  }

  /// The first that has `upgrade=`.
  @Override
  public String oldest() {
    return "2.4.47";
  }

  @Override
  public Setup setUp(Site site) {
    String text =
        """
        ServerName localhost
        DefaultRuntimeDir %1$s
        PidFile %1$s/apache.pid
        ErrorLog %2$s
        %3$s
        %4$s
        Listen 127.0.0.1:%5$d
        Listen 127.0.0.1:%6$d
        Listen 127.0.0.1:%7$d
        ProxyPass "/" "http://%8$s/" %9$s
        ProxyPassReverse "/" "http://%8$s/"
        <VirtualHost 127.0.0.1:%5$d>
        </VirtualHost>
        <VirtualHost 127.0.0.1:%6$d>
            Protocols h2c http/1.1
        </VirtualHost>
        <VirtualHost 127.0.0.1:%7$d>
            AddOutputFilterByType DEFLATE text/event-stream
        </VirtualHost>
        """
            .formatted(
                site.folder(),
                site.log(),
                modules(),
                site.remedied(TIMEOUT + "\n" + HOST),
                site.port(),
                site.http2(),
                site.compressed(),
                site.originAuthority(),
                site.remedied(UPGRADE));
    return Setup.of(
        FILE, text, site.program(), "-D", "FOREGROUND", "-f", site.file(FILE).toString());
  }

  /// Loads those modules that are not built in.
  private static String modules() {
    String folder =
        MODULES.stream()
            .filter(it -> Files.isDirectory(Path.of(it)))
            .findFirst()
            .orElse(MODULES.getFirst());
    return Stream.of(
            "mpm_event", "unixd", "authz_core", "proxy", "proxy_http", "http2", "filter", "deflate")
        .map(
            name ->
                """
                <IfModule !%1$s_module>
                    LoadModule %1$s_module %2$s/mod_%1$s.so
                </IfModule>
                """
                    .formatted(name, folder))
        .collect(joining());
  }

  @Override
  public List<List<String>> reload(Site site, ProcessHandle process) {
    return ProxyKind.signal("USR1", process);
  }

  @Override
  public Map<Aspect, String> remedies() {
    return Map.of(
        Aspect.HOLD, TIMEOUT,
        Aspect.SILENT_STREAM, TIMEOUT,
        Aspect.SILENT_SOCKET, UPGRADE + "\n" + TIMEOUT,
        Aspect.WEB_SOCKET, UPGRADE,
        Aspect.UPDATE, HOST);
  }
}
