package pushlab.bench.road.proxy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import pushlab.report.result.Said;
import pushlab.report.result.road.Aspect;

/// [lighttpd](https://redmine.lighttpd.net/projects/lighttpd/wiki/Docs_ModProxy).
final class Lighttpd implements ProxyKind {

  private static final String FILE = "lighttpd.conf";

  private static final List<String> MODULES =
      List.of(
          "/usr/lib/lighttpd", "/usr/lib64/lighttpd", "/usr/local/lib", "/usr/local/lib/lighttpd");

  private static final String AT_ONCE = "server.stream-response-body = 1";
  private static final String UPGRADE =
      """
      proxy.header = ( "upgrade" => "enable" )""";
  private static final String SOCKET = UPGRADE + "\nserver.max-read-idle = 75";
  private static final String RELOAD =
      """
      "server.graceful-restart-bg" => "enable"
      "server.graceful-shutdown-timeout" => 75
      """;

  private static final String REMEDIED =
      """
      server.stream-response-body = 1
      proxy.header = ( "upgrade" => "enable" )
      server.max-read-idle = 75
      server.feature-flags = (
          "server.graceful-restart-bg" => "enable",
          "server.graceful-shutdown-timeout" => 75
      )
      """;

  @Override
  public String id() {
    return "lighttpd";
  }

  @Override
  public String name() {
    return "lighttpd";
  }

  @Override
  public List<String> programs() {
    return List.of("lighttpd");
  }

  @Override
  public List<String> versionArguments() {
    return List.of("-v");
  }

  @Override
  public Pattern version() {
    return Pattern.compile("lighttpd/([0-9.]+)");
  }

  /// The first that speaks HTTP/2.
  @Override
  public String oldest() {
    return "1.4.56";
  }

  @Override
  public Setup setUp(Site site) {
    String text =
        """
        server.document-root = "%1$s"
        server.upload-dirs = ( "%1$s" )
        server.bind = "127.0.0.1"
        server.port = %2$d
        server.modules = ( "mod_proxy"%6$s )
        %7$s
        $SERVER["socket"] == "127.0.0.1:%3$d" { }
        %8$s
        proxy.server = ( "" => ( ( "host" => "%4$s", "port" => %5$d ) ) )
        """
            .formatted(
                site.folder(),
                site.port(),
                site.http2(),
                site.originHost(),
                site.origin().getPort(),
                noCompression().isEmpty() ? ", \"mod_deflate\"" : "",
                site.remedied(REMEDIED),
                noCompression().isEmpty() ? compressed(site) : "");
    return Setup.of(FILE, text, site.program(), "-D", "-f", site.file(FILE).toString());
  }

  private static String compressed(Site site) {
    return """
           $SERVER["socket"] == "127.0.0.1:%d" {
               deflate.mimetypes = ( "text/event-stream" )
               deflate.allowed-encodings = ( "gzip" )
           }
           """
        .formatted(site.compressed());
  }

  @Override
  public List<List<String>> reload(Site site, ProcessHandle process) {
    return ProxyKind.signal("USR1", process);
  }

  /// A package of its own has that module.
  @Override
  public Optional<Said> noCompression() {
    return MODULES.stream().anyMatch(it -> Files.exists(Path.of(it, "mod_deflate.so")))
        ? Optional.empty()
        : Optional.of(
            Said.of(
                "road.no-module",
                "%s: the module %s is not installed",
                Said.verbatim(name()),
                Said.verbatim("mod_deflate")));
  }

  @Override
  public Map<Aspect, String> remedies() {
    return Map.of(
        Aspect.EVENTS, AT_ONCE,
        Aspect.SILENT_SOCKET, SOCKET,
        Aspect.WEB_SOCKET, UPGRADE,
        Aspect.RELOAD, RELOAD);
  }
}
