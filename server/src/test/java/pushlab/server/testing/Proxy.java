package pushlab.server.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import pushlab.server.state.Await;

/// A proxy in a process of its own, set up as in docs/proxy except for the ports. If the tests are
/// root, it runs as `nobody`.
public final class Proxy implements AutoCloseable {

  private static final Path DOCUMENTS =
      requireNonNull(Path.of("").toAbsolutePath().getParent()).resolve("docs/proxy");

  private static final String START =
      """
      if [ "$(id -u)" = 0 ]; then
        chown -R nobody .
        set -- setpriv --reuid=nobody "--regid=$(id -g nobody)" --clear-groups "$@"
      fi
      exec "$@"
      """;

  private final ProxyKind kind;
  private final URI address;
  private final Process process;
  private final Path folder;

  private Proxy(ProxyKind kind, URI address, Process process, Path folder) {
    this.kind = kind;
    this.address = address;
    this.process = process;
    this.folder = folder;
  }

  /// Starts an installed proxy in front of two servers, or of the first if it is made for one only.
  public static Proxy start(ProxyKind kind, Path folder, List<URI> servers) throws IOException {
    int port = freePort();
    Files.writeString(Path.of(kind.file(folder)), document(kind, folder, port, servers));
    var command =
        new ArrayList<>(
            List.of("sh", "-c", START, "start", kind.installed().orElseThrow().toString()));
    command.addAll(kind.arguments(folder, port));
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log(folder).toFile()));
    builder.environment().put("HOME", folder.toString());
    var proxy = new Proxy(kind, URI.create("http://127.0.0.1:" + port), builder.start(), folder);
    try (HttpClient client = HttpClient.newHttpClient()) {
      Await.until("the proxy answers", () -> proxy.answers(client));
    } catch (AssertionError e) {
      proxy.close();
      throw e;
    }
    return proxy;
  }

  private static String document(ProxyKind kind, Path folder, int port, List<URI> servers)
      throws IOException {
    String text = Files.readString(DOCUMENTS.resolve(kind.document()));
    return kind.adapt(text, folder)
        .replaceAll("\\b8081\\b", Integer.toString(servers.getFirst().getPort()))
        .replaceAll("\\b8082\\b", Integer.toString(servers.getLast().getPort()))
        .replaceAll("\\b8080\\b", Integer.toString(port));
  }

  public URI address() {
    return address;
  }

  /// Whether its log contains `words`.
  public boolean hasSaid(String words) {
    return said().contains(words);
  }

  private String said() {
    try {
      return Files.readString(log(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path log(Path folder) {
    return folder.resolve("proxy.log");
  }

  /// Makes it read its configuration again. Waits until it was told, not until it is done.
  public void reload() throws IOException, InterruptedException {
    Process reload =
        new ProcessBuilder(kind.reload(folder, process.pid()))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log(folder).toFile()))
            .start();
    assertThat(reload.waitFor()).as(said()).isZero();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers(HttpClient client) {
    var ready = HttpRequest.newBuilder(address.resolve("/health/ready")).build();
    assertThat(process.isAlive()).as(said()).isTrue();
    try {
      return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Ends it and its workers.
  @Override
  public void close() {
    List<ProcessHandle> workers = process.descendants().toList();
    process.destroy();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    workers.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    workers.forEach(worker -> worker.onExit().join());
  }
}
