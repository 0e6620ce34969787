package pushlab.bench.road.proxy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pushlab.report.result.Said;
import pushlab.report.result.road.Aspect;

/// [Squid](https://wiki.squid-cache.org/ConfigExamples/Reverse/BasicAccelerator) as an accelerator.
final class Squid implements ProxyKind {

  private static final String FILE = "squid.conf";

  private static final String UPGRADE = "http_upgrade_request_protocols websocket allow all";

  @Override
  public String id() {
    return "squid";
  }

  @Override
  public String name() {
    return "Squid";
  }

  @Override
  public List<String> programs() {
    return List.of("squid");
  }

  @Override
  public List<String> versionArguments() {
    return List.of("-v");
  }

  @Override
  public Pattern version() {
    return Pattern.compile("Version ([0-9.]+)");
  }

  /// The first that has `http_upgrade_request_protocols`.
  @Override
  public String oldest() {
    return "5.0";
  }

  @Override
  public Setup setUp(Site site) {
    String text =
        """
        http_port 127.0.0.1:%1$d accel defaultsite=localhost
        cache_peer %2$s parent %3$d 0 no-query originserver
        http_access allow all
        %4$s
        visible_hostname localhost
        pid_filename none
        pinger_enable off
        access_log none
        cache_log %5$s
        coredump_dir %6$s
        shutdown_lifetime 0 seconds
        """
            .formatted(
                site.port(),
                site.originHost(),
                site.origin().getPort(),
                site.remedied(UPGRADE),
                site.log(),
                site.folder());
    // Several of them on one machine need different names.
    String service = "pushlab" + site.port();
    return Setup.of(
            FILE, text, site.program(), "-N", "-n", service, "-f", site.file(FILE).toString())
        .writing(
            Stream.of("metadata", "queues", "readers")
                .map(it -> Path.of("/dev/shm/%s-cf__%s.shm".formatted(service, it)))
                .toList());
  }

  @Override
  public List<List<String>> reload(Site site, ProcessHandle process) {
    return ProxyKind.signal("HUP", process);
  }

  @Override
  public Optional<Said> noHttp2() {
    return Optional.of(Said.of("road.no-http2", "%s does not speak HTTP/2", Said.verbatim(name())));
  }

  @Override
  public Optional<Said> noCompression() {
    return Optional.of(
        Said.of("road.no-compression", "%s does not compress", Said.verbatim(name())));
  }

  @Override
  public Map<Aspect, String> remedies() {
    return Map.of(Aspect.SILENT_SOCKET, UPGRADE, Aspect.WEB_SOCKET, UPGRADE);
  }
}
