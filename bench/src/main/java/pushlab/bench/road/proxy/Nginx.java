package pushlab.bench.road.proxy;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import pushlab.report.result.road.Aspect;

/// [nginx](https://nginx.org/en/docs/beginners_guide.html#proxy).
final class Nginx implements ProxyKind {

  private static final String FILE = "nginx.conf";

  private static final String TIMEOUT = "proxy_read_timeout 75s;";
  private static final String CONNECTIONS = "worker_connections 10000;";
  private static final String STREAMS = "http2_max_concurrent_streams 1000;";
  private static final String HOST = "proxy_set_header Host $http_host;";

  private static final String UNBUFFERED =
      """
      proxy_http_version 1.1;
      proxy_buffering off;
      """;

  private static final String UPGRADE =
      """
      map $http_upgrade $connection_header { default upgrade; '' ''; }
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_header;
      """;

  @Override
  public String id() {
    return "nginx";
  }

  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public List<String> programs() {
    return List.of("nginx");
  }

  @Override
  public List<String> versionArguments() {
    return List.of("-v");
  }

  @Override
  public Pattern version() {
    return Pattern.compile("nginx/([0-9.]+)");
  }

  /// The first that has `-e`.
  @Override
  public String oldest() {
    return "1.19.5";
  }

  @Override
  public Setup setUp(Site site) {
    String text =
        """
        daemon off;
        pid %1$s/nginx.pid;
        error_log stderr;

        events {
            %2$s
        }

        http {
            access_log off;
            client_body_temp_path %1$s/client_body;
            proxy_temp_path %1$s/proxy;
            fastcgi_temp_path %1$s/fastcgi;
            uwsgi_temp_path %1$s/uwsgi;
            scgi_temp_path %1$s/scgi;

            %3$s
            server {
                listen 127.0.0.1:%4$d;
                %7$s
            }
            server {
                listen 127.0.0.1:%5$d http2;
                %7$s
            }
            server {
                listen 127.0.0.1:%6$d;
                gzip on;
                gzip_types text/event-stream;
                %7$s
            }
        }
        """
            .formatted(
                site.folder(),
                site.remedied(CONNECTIONS),
                remediedHttp(site),
                site.port(),
                site.http2(),
                site.compressed(),
                location(site));
    return Setup.of(FILE, text, site.program(), "-e", "stderr", "-c", site.file(FILE).toString());
  }

  private static String remediedHttp(Site site) {
    return site.remedied(
        """
        upstream origin {
            server %s;
            keepalive 32;
        }
        map $http_upgrade $connection_header { default upgrade; '' ''; }
        http2_max_concurrent_streams 1000;
        """
            .formatted(site.originAuthority()));
  }

  private static String location(Site site) {
    return site.isRemedied()
        ? """
          location / {
              proxy_pass http://origin;
              proxy_http_version 1.1;
              proxy_set_header Host $http_host;
              proxy_set_header Upgrade $http_upgrade;
              proxy_set_header Connection $connection_header;
              proxy_buffering off;
              proxy_read_timeout 75s;
          }
          """
        : """
          location / {
              proxy_pass http://%s;
          }
          """
            .formatted(site.originAuthority());
  }

  @Override
  public List<List<String>> reload(Site site, ProcessHandle process) {
    return ProxyKind.signal("HUP", process);
  }

  @Override
  public Map<Aspect, String> remedies() {
    return Map.of(
        Aspect.HOLD, TIMEOUT,
        Aspect.EVENTS, UNBUFFERED,
        Aspect.SILENT_STREAM, UNBUFFERED + TIMEOUT,
        Aspect.SILENT_SOCKET, UPGRADE + TIMEOUT,
        Aspect.WEB_SOCKET, UPGRADE,
        Aspect.UPDATE, HOST,
        Aspect.POLLS, CONNECTIONS,
        Aspect.POLLS_OF_ONE_CONNECTION, STREAMS,
        Aspect.COMPRESSED, UNBUFFERED);
  }
}
