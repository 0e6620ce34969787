package pushlab.server.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pushlab.server.state.Await;

/// A proxy in a process of its own, set up as in docs/proxy except for the ports.
public final class Proxy implements AutoCloseable {

  private static final Path DOCUMENTS =
      requireNonNull(Path.of("").toAbsolutePath().getParent()).resolve("docs/proxy");

  private final URI address;
  private final Process process;
  private final Path log;

  private Proxy(URI address, Process process, Path log) {
    this.address = address;
    this.process = process;
    this.log = log;
  }

  /// HAProxy in front of two servers.
  public static Proxy haproxy(Path folder, List<URI> servers) throws IOException {
    Path program = installed("haproxy");
    int port = freePort();
    Path file = folder.resolve("haproxy.cfg");
    Files.writeString(file, document(file, port, servers));
    return start(port, folder, program.toString(), "-db", "-f", file.toString());
  }

  /// nginx in front of two servers. It writes nothing into the system's folders.
  public static Proxy nginx(Path folder, List<URI> servers) throws IOException {
    Path program = installed("nginx");
    int port = freePort();
    String here =
        Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
            .map(what -> "%s_temp_path %s/%s;".formatted(what, folder, what))
            .reduce("http { access_log off;", (all, one) -> all + "\n" + one);
    Path file = folder.resolve("nginx.conf");
    Files.writeString(file, document(file, port, servers).replace("http {", here));
    String directives = "daemon off; pid %s/nginx.pid;".formatted(folder);
    return start(
        port, folder, program.toString(), "-e", "stderr", "-c", file.toString(), "-g", directives);
  }

  public URI address() {
    return address;
  }

  /// Whether its log contains `words`.
  public boolean hasSaid(String words) {
    try {
      return Files.readString(log).contains(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path installed(String name) {
    Optional<Path> program =
        Stream.concat(
                Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator)),
                Stream.of("/usr/sbin", "/usr/local/sbin"))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    assumeThat(program).as("%s is not installed, so it is not tried", name).isPresent();
    return program.orElseThrow();
  }

  private static String document(Path file, int port, List<URI> servers) throws IOException {
    return Files.readString(DOCUMENTS.resolve(requireNonNull(file.getFileName())))
        .replace("127.0.0.1:8081", servers.getFirst().getAuthority())
        .replace("127.0.0.1:8082", servers.getLast().getAuthority())
        .replaceAll("(bind :|listen )8080", "$1" + port);
  }

  private static Proxy start(int port, Path folder, String... command) throws IOException {
    Path log = folder.resolve("proxy.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    var proxy = new Proxy(URI.create("http://127.0.0.1:" + port), process, log);
    try (HttpClient client = HttpClient.newHttpClient()) {
      Await.until("the proxy answers", () -> proxy.answers(client));
    } catch (AssertionError e) {
      proxy.close();
      throw e;
    }
    return proxy;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers(HttpClient client) {
    var ready = HttpRequest.newBuilder(address.resolve("/health/ready")).build();
    try {
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
