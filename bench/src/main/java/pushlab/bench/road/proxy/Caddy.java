package pushlab.bench.road.proxy;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import pushlab.report.result.road.Aspect;

/// [Caddy](https://caddyserver.com/docs/quick-starts/reverse-proxy).
final class Caddy implements ProxyKind {

  private static final String FILE = "Caddyfile";
  private static final String ADMIN = "admin.socket";

  @Override
  public String id() {
    return "caddy";
  }

  @Override
  public String name() {
    return "Caddy";
  }

  @Override
  public List<String> programs() {
    return List.of("caddy");
  }

  @Override
  public List<String> versionArguments() {
    return List.of("version");
  }

  @Override
  public Pattern version() {
    return Pattern.compile("^v?([0-9.]+)");
  }

  @Override
  public String oldest() {
    return "2.6";
  }

  @Override
  public Setup setUp(Site site) {
    String text =
        """
        {
            admin unix/%1$s
            servers 127.0.0.1:%3$d {
                protocols h1 h2c
            }
        }
        http://:%2$d, http://:%3$d {
            bind 127.0.0.1
            reverse_proxy %5$s
        }
        http://:%4$d {
            bind 127.0.0.1
            encode gzip {
                match {
                    header Content-Type text/event-stream*
                }
            }
            reverse_proxy %5$s
        }
        """
            .formatted(
                admin(site), site.port(), site.http2(), site.compressed(), site.originAuthority());
    return Setup.of(
        FILE, text, site.program(), "run", "--adapter", "caddyfile", "--config", file(site));
  }

  private static String admin(Site site) {
    return "/" + site.file(ADMIN);
  }

  private static String file(Site site) {
    return site.file(FILE).toString();
  }

  @Override
  public List<List<String>> reload(Site site, ProcessHandle process) {
    return List.of(
        List.of(
            site.program().toString(),
            "reload",
            "--force",
            "--address",
            "unix/" + admin(site),
            "--adapter",
            "caddyfile",
            "--config",
            file(site)));
  }

  @Override
  public Map<Aspect, String> remedies() {
    return Map.of();
  }
}
