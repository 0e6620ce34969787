package pushlab.bench.road.proxy;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import pushlab.report.result.road.Aspect;

/// [HAProxy](https://docs.haproxy.org/2.6/configuration.html#2.8).
final class Haproxy implements ProxyKind {

  private static final String FILE = "haproxy.cfg";

  private static final String TIMEOUTS =
      """
      timeout client 75s
      timeout server 75s
      """;
  private static final String TUNNEL = "timeout tunnel 75s";
  private static final String AT_ONCE = "option http-no-delay";
  private static final String UNCOMPRESSED =
      "compression type text/html text/css text/javascript application/json";

  private static final String SMALLEST =
      """
          timeout connect 5s
          timeout client 50s
          timeout server 50s
      """;

  private static final String REMEDIED =
      """
          timeout connect 5s
          timeout client 75s
          timeout server 75s
          timeout tunnel 75s
          option http-no-delay
          option abortonclose
      """;

  @Override
  public String id() {
    return "haproxy";
  }

  @Override
  public String name() {
    return "HAProxy";
  }

  @Override
  public List<String> programs() {
    return List.of("haproxy");
  }

  @Override
  public List<String> versionArguments() {
    return List.of("-v");
  }

  @Override
  public Pattern version() {
    return Pattern.compile("version ([0-9]+(?:\\.[0-9]+)+)");
  }

  @Override
  public String oldest() {
    return "2.2";
  }

  @Override
  public Setup setUp(Site site) {
    String text =
        """
        %1$s
        defaults
            mode http
        %2$s
        frontend http1
            bind 127.0.0.1:%3$d
            default_backend origin
        frontend http2
            bind 127.0.0.1:%4$d proto h2
            default_backend origin
        frontend compressed
            bind 127.0.0.1:%5$d
            compression algo gzip
            %7$s
            default_backend origin
        backend origin
            server origin %6$s
        """
            .formatted(
                site.remedied("global\n    tune.h2.max-concurrent-streams 1000"),
                site.isRemedied() ? REMEDIED : SMALLEST,
                site.port(),
                site.http2(),
                site.compressed(),
                site.originAuthority(),
                site.isRemedied() ? UNCOMPRESSED : "compression type text/event-stream");
    return Setup.of(FILE, text, site.program(), "-W", "-db", "-f", site.file(FILE).toString());
  }

  @Override
  public List<List<String>> reload(Site site, ProcessHandle process) {
    return ProxyKind.signal("USR2", process);
  }

  @Override
  public Map<Aspect, String> remedies() {
    return Map.of(
        Aspect.HOLD, TIMEOUTS,
        Aspect.EVENTS, AT_ONCE,
        Aspect.SILENT_STREAM, TIMEOUTS,
        Aspect.SILENT_SOCKET, TUNNEL,
        Aspect.LEFT, "option abortonclose",
        Aspect.POLLS_OF_ONE_CONNECTION, "tune.h2.max-concurrent-streams 1000",
        Aspect.COMPRESSED, UNCOMPRESSED);
  }
}
