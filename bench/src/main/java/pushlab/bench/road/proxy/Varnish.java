package pushlab.bench.road.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import pushlab.report.result.road.Aspect;

/// [Varnish](https://varnish-cache.org/docs/7.1/users-guide/vcl-backends.html).
final class Varnish implements ProxyKind {

  private static final String FILE = "varnish.vcl";
  private static final String WORK = "work";

  private static final String TIMEOUTS =
      """
      .first_byte_timeout = 75s;
      .between_bytes_timeout = 75s;
      """;
  private static final String PASS = "return (pass);";
  private static final String PIPE =
      """
      if (req.http.Upgrade ~ "(?i)websocket") { return (pipe); }
      set bereq.http.Upgrade = req.http.Upgrade;
      set bereq.http.Connection = req.http.Connection;
      """;
  private static final String PIPE_TIMEOUT = "-p pipe_timeout=75";
  private static final String STREAMS = "-p h2_max_concurrent_streams=1000";
  private static final String UNCOMPRESSED =
      """
      if (beresp.http.Content-Type ~ "event-stream") { set beresp.do_gzip = false; }
      """;

  private static final String REMEDIED =
      """
      sub vcl_recv {
          if (req.http.Upgrade ~ "(?i)websocket") { return (pipe); }
          return (pass);
      }
      sub vcl_pipe {
          set bereq.http.Upgrade = req.http.Upgrade;
          set bereq.http.Connection = req.http.Connection;
      }
      """;

  @Override
  public String id() {
    return "varnish";
  }

  @Override
  public String name() {
    return "Varnish";
  }

  @Override
  public List<String> programs() {
    return List.of("varnishd");
  }

  @Override
  public List<String> versionArguments() {
    return List.of("-V");
  }

  @Override
  public Pattern version() {
    return Pattern.compile("varnish-([0-9.]+)");
  }

  @Override
  public String oldest() {
    return "6.0";
  }

  @Override
  public Setup setUp(Site site) {
    String text =
        """
        vcl 4.1;
        backend default {
            .host = "%s";
            .port = "%d";
            %s
        }
        %s
        sub vcl_backend_response {
            if (local.socket == "compressed" && beresp.http.Content-Type ~ "event-stream") {
                set beresp.do_gzip = true;
            }
            %s
        }
        """
            .formatted(
                site.originHost(),
                site.origin().getPort(),
                site.remedied(TIMEOUTS),
                site.remedied(REMEDIED),
                site.remedied(UNCOMPRESSED));
    var arguments =
        new ArrayList<>(
            List.of(
                "-F",
                "-n",
                site.file(WORK).toString(),
                "-f",
                site.file(FILE).toString(),
                "-a",
                "http1=127.0.0.1:" + site.port(),
                "-a",
                "http2=127.0.0.1:" + site.http2(),
                "-a",
                "compressed=127.0.0.1:" + site.compressed(),
                "-p",
                "feature=+http2"));
    if (site.isRemedied()) {
      arguments.addAll(List.of((PIPE_TIMEOUT + " " + STREAMS).split(" ")));
    }
    return Setup.of(FILE, text, site.program(), arguments.toArray(String[]::new));
  }

  /// Loads the file under a new name, since a loaded one cannot be replaced.
  @Override
  public List<List<String>> reload(Site site, ProcessHandle process) {
    String admin = site.program().resolveSibling("../bin/varnishadm").normalize().toString();
    String name = "reloaded" + System.nanoTime();
    List<String> ask = List.of(admin, "-n", site.file(WORK).toString());
    return List.of(
        Setup.command(ask, "vcl.load", name, site.file(FILE).toString()),
        Setup.command(ask, "vcl.use", name));
  }

  @Override
  public Map<Aspect, String> remedies() {
    return Map.of(
        Aspect.HOLD, TIMEOUTS,
        Aspect.SILENT_STREAM, TIMEOUTS,
        Aspect.SILENT_SOCKET, PIPE + PIPE_TIMEOUT,
        Aspect.WEB_SOCKET, PIPE,
        Aspect.EQUAL_POLLS, PASS,
        Aspect.POLLS_OF_ONE_CONNECTION, STREAMS,
        Aspect.COMPRESSED, UNCOMPRESSED);
  }
}
