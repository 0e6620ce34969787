package pushlab.bench.road.proxy;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import pushlab.report.result.road.Aspect;

/// [h2o](https://h2o.examp1e.net/configure/proxy_directives.html).
final class H2o implements ProxyKind {

  private static final String FILE = "h2o.conf";

  private static final String TIMEOUT = "proxy.timeout.io: 75000";
  private static final String UPGRADE = "proxy.websocket: ON";
  private static final String HOST = "proxy.preserve-host: ON";

  @Override
  public String id() {
    return "h2o";
  }

  @Override
  public String name() {
    return "h2o";
  }

  @Override
  public List<String> programs() {
    return List.of("h2o");
  }

  @Override
  public List<String> versionArguments() {
    return List.of("-v");
  }

  @Override
  public Pattern version() {
    return Pattern.compile("version ([0-9.]+)");
  }

  /// The first that has `proxy.websocket`.
  @Override
  public String oldest() {
    return "2.2";
  }

  @Override
  public Setup setUp(Site site) {
    String text =
        """
        pid-file: %1$s/h2o.pid
        %2$s
        hosts:
          default:
            listen: {host: 127.0.0.1, port: %3$d}
            listen: {host: 127.0.0.1, port: %4$d}
            paths:
              /:
                proxy.reverse.url: http://%6$s/
          compressed:
            listen: {host: 127.0.0.1, port: %5$d}
            file.mime.addtypes:
              text/event-stream: {extensions: [".events"], is_compressible: YES}
            compress: [gzip]
            paths:
              /:
                proxy.reverse.url: http://%6$s/
        """
            .formatted(
                site.folder(),
                site.remedied(String.join("\n", TIMEOUT, UPGRADE, HOST)),
                site.port(),
                site.http2(),
                site.compressed(),
                site.originAuthority());
    return Setup.of(FILE, text, site.program(), "-m", "master", "-c", site.file(FILE).toString());
  }

  @Override
  public List<List<String>> reload(Site site, ProcessHandle process) {
    return ProxyKind.signal("HUP", process);
  }

  @Override
  public Map<Aspect, String> remedies() {
    return Map.of(
        Aspect.HOLD, TIMEOUT,
        Aspect.SILENT_STREAM, TIMEOUT,
        Aspect.SILENT_SOCKET, UPGRADE,
        Aspect.WEB_SOCKET, UPGRADE,
        Aspect.UPDATE, HOST);
  }
}
