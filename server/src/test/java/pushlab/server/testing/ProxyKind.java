package pushlab.server.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The proxies that docs/proxy has a configuration for: how each is started with that file, in the
/// foreground and with all its own files in one folder.
public enum ProxyKind {
  NGINX("nginx", "nginx.conf") {
    @Override
    String adapt(String text, Path folder) {
      String files =
          Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
              .map(what -> "%s_temp_path %s/%s;".formatted(what, folder, what))
              .reduce("http { access_log off;", (all, one) -> all + "\n" + one);
      return "daemon off; pid %s/nginx.pid;\n".formatted(folder) + text.replace("http {", files);
    }

    @Override
    List<String> arguments(Path folder, int port) {
      return List.of("-e", "stderr", "-c", file(folder));
    }
  },

  HAPROXY("haproxy", "haproxy.cfg") {
    @Override
    List<String> arguments(Path folder, int port) {
      return List.of("-W", "-db", "-f", file(folder));
    }

    @Override
    List<String> reload(Path folder, long pid) {
      return signal("USR2", pid);
    }
  },

  APACHE("apache2", "apache.conf") {
    @Override
    String adapt(String text, Path folder) {
      String loaded =
          Stream.of(
                  "mpm_event",
                  "authz_core",
                  "slotmem_shm",
                  "proxy",
                  "proxy_http",
                  "proxy_balancer",
                  "lbmethod_bybusyness")
              .map("LoadModule %1$s_module /usr/lib/apache2/modules/mod_%1$s.so\n"::formatted)
              .reduce("", String::concat);
      return """
             ServerName localhost
             DefaultRuntimeDir %1$s
             PidFile %1$s/apache.pid
             ErrorLog %1$s/proxy.log
             """
              .formatted(folder)
          + loaded
          + text;
    }

    @Override
    List<String> arguments(Path folder, int port) {
      return List.of("-D", "FOREGROUND", "-f", file(folder));
    }

    @Override
    List<String> reload(Path folder, long pid) {
      return signal("USR1", pid);
    }
  },

  VARNISH("varnishd", "varnish.vcl") {
    @Override
    List<String> arguments(Path folder, int port) {
      return List.of(
          "-F",
          "-n",
          folder.resolve("work").toString(),
          "-a",
          "127.0.0.1:" + port,
          "-f",
          file(folder),
          "-p",
          "pipe_timeout=75",
          "-p",
          "h2_max_concurrent_streams=1000");
    }

    @Override
    List<String> reload(Path folder, long pid) {
      String work = folder.resolve("work").toString();
      return List.of(
          "sh",
          "-c",
          "varnishadm -n \"$1\" vcl.load next \"$2\" && varnishadm -n \"$1\" vcl.use next",
          "reload",
          work,
          file(folder));
    }
  },

  SQUID("squid", "squid.conf") {
    @Override
    String adapt(String text, Path folder) {
      return text
          + """
            visible_hostname localhost
            pid_filename none
            pinger_enable off
            access_log none
            cache_log %1$s/proxy.log
            coredump_dir %1$s
            shutdown_lifetime 0 seconds
            """
              .formatted(folder);
    }

    @Override
    List<String> arguments(Path folder, int port) {
      return List.of("-N", "-n", "pushlab" + port, "-f", file(folder));
    }
  },

  CADDY("caddy", "Caddyfile") {
    @Override
    String adapt(String text, Path folder) {
      return "{\n\tadmin unix/%s\n}\n".formatted(admin(folder)) + text;
    }

    @Override
    List<String> arguments(Path folder, int port) {
      return List.of("run", "--adapter", "caddyfile", "--config", file(folder));
    }

    @Override
    List<String> reload(Path folder, long pid) {
      return List.of(
          "caddy",
          "reload",
          "--force",
          "--address",
          "unix/" + admin(folder),
          "--adapter",
          "caddyfile",
          "--config",
          file(folder));
    }

    private static String admin(Path folder) {
      return "/" + folder.resolve("admin.socket");
    }
  },

  LIGHTTPD("lighttpd", "lighttpd.conf") {
    @Override
    String adapt(String text, Path folder) {
      return text.replace("/var/empty", folder.toString());
    }

    @Override
    List<String> arguments(Path folder, int port) {
      return List.of("-D", "-f", file(folder));
    }

    @Override
    List<String> reload(Path folder, long pid) {
      return signal("USR1", pid);
    }
  },

  H2O("h2o", "h2o.conf") {
    @Override
    String adapt(String text, Path folder) {
      return "pid-file: %s/h2o.pid\n".formatted(folder) + text;
    }

    @Override
    List<String> arguments(Path folder, int port) {
      return List.of("-m", "master", "-c", file(folder));
    }
  };

  private final String program;
  private final String document;

  ProxyKind(String program, String document) {
    this.program = program;
    this.document = document;
  }

  /// The name of its file in docs/proxy.
  String document() {
    return document;
  }

  /// The document with what makes the proxy keep its own files in the folder.
  String adapt(String text, Path folder) {
    return text;
  }

  /// What its program is started with.
  abstract List<String> arguments(Path folder, int port);

  /// The command that makes it read its file again.
  List<String> reload(Path folder, long pid) {
    return signal("HUP", pid);
  }

  String file(Path folder) {
    return folder.resolve(document).toString();
  }

  private static List<String> signal(String name, long pid) {
    return List.of("sh", "-c", "kill -%s %d".formatted(name, pid));
  }

  /// Its program; empty if it is not installed.
  public Optional<Path> installed() {
    return Stream.concat(
            Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
