package pushlab.bench.road.proxy;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import pushlab.bench.host.ForeignServer;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;

/// A proxy that the lab has started, on free ports of the loopback interface and with all its files
/// in a temporary folder. When it is closed, or this process is killed, all its processes are ended
/// and the folder is deleted. Thread-safe.
public final class RunningProxy implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int LINES = 10;

  private final ProxyKind kind;
  private final String version;
  private final Site site;
  private final ForeignServer server;

  private RunningProxy(ProxyKind kind, String version, Site site, ForeignServer server) {
    this.kind = kind;
    this.version = version;
    this.site = site;
    this.server = server;
  }

  /// Starts a proxy, and returns when all its listeners accept connections. It has not sent a
  /// request to the origin by then.
  ///
  /// @param origin the server behind it
  /// @throws IOException if it is not installed, is too old or does not start; the message is one
  ///     line that names the proxy and says why
  public static RunningProxy start(ProxyKind kind, Form form, InetSocketAddress origin)
      throws IOException {
    return start(kind, form, origin, freePorts(3));
  }

  /// The same on given ports.
  static RunningProxy start(
      ProxyKind kind, Form form, InetSocketAddress origin, List<Integer> ports) throws IOException {
    Program program = Program.require(kind);
    String version = program.version();
    for (int port : ports) {
      requireFree(kind, port);
    }
    Path folder = Files.createTempDirectory("pushlab-proxy-").toRealPath();
    var site =
        new Site(program.file(), folder, form, origin, ports.get(0), ports.get(1), ports.get(2));
    Setup setup = kind.setUp(site);
    for (Map.Entry<String, String> file : setup.files().entrySet()) {
      Files.writeString(site.file(file.getKey()), file.getValue());
    }
    var proxy =
        new RunningProxy(
            kind, version, site, ForeignServer.start(folder, setup.command(), setup.elsewhere()));
    try {
      proxy.awaitListeners();
    } catch (IOException e) {
      proxy.close();
      throw e;
    }
    return proxy;
  }

  private static void requireFree(ProxyKind kind, int port) throws IOException {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return;
    } catch (IOException e) {
      throw new SaidException(Texts.of("proxy.port-taken", kind.name(), port), e);
    }
  }

  /// Ports that are free now. They are open at the same time, so they differ.
  private static List<Integer> freePorts(int count) throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  private void awaitListeners() throws IOException {
    var listeners = new ArrayList<>(List.of(site.port()));
    http2().ifPresent(it -> listeners.add(it.getPort()));
    compressed().ifPresent(it -> listeners.add(it.getPort()));
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!listeners.isEmpty()) {
      if (!isAlive() || System.nanoTime() > deadline) {
        throw new SaidException(Texts.of("proxy.not-started", kind.name(), reason()));
      }
      listeners.removeIf(RunningProxy::accepts);
      pause();
    }
  }

  private static boolean accepts(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  public ProxyKind kind() {
    return kind;
  }

  public Form form() {
    return site.form();
  }

  /// Its version, as its program says.
  public String version() {
    return version;
  }

  /// The listener for HTTP/1.1.
  public URI address() {
    return listener(site.port());
  }

  /// The listener for clear-text HTTP/2 with prior knowledge. Empty if [ProxyKind#noHttp2()] has a
  /// reason.
  public Optional<URI> http2() {
    return kind.noHttp2().isPresent() ? Optional.empty() : Optional.of(listener(site.http2()));
  }

  /// The listener for HTTP/1.1 that compresses event streams. Empty if [ProxyKind#noCompression()]
  /// has a reason.
  public Optional<URI> compressed() {
    return kind.noCompression().isPresent()
        ? Optional.empty()
        : Optional.of(listener(site.compressed()));
  }

  private static URI listener(int port) {
    return URI.create("http://" + Site.HOST + ":" + port);
  }

  /// Whether its first process still runs. Without that one nothing restarts the others.
  public boolean isAlive() {
    return server.isAlive();
  }

  /// The processes of the proxy: the first, then its descendants.
  public List<ProcessHandle> processes() {
    var all = new ArrayList<ProcessHandle>(List.of(server.handle()));
    all.addAll(server.handle().descendants().toList());
    return all;
  }

  /// The folder of its files, and what it writes elsewhere.
  List<Path> files() {
    return Stream.concat(Stream.of(site.folder()), kind.setUp(site).elsewhere().stream()).toList();
  }

  /// The last lines that it said; empty if it said nothing.
  public String said() {
    List<String> lines = allSaid().strip().lines().toList();
    return lines.stream().skip(Math.max(0, lines.size() - LINES)).collect(joining("\n"));
  }

  private String allSaid() {
    try {
      return server.said();
    } catch (IOException _) {
      return "";
    }
  }

  private String reason() {
    return Messages.reason(allSaid());
  }

  /// Makes it read its configuration again, in the graceful way of its manual. This may still go on
  /// when the method returns.
  ///
  /// @throws IOException if the proxy has ended, or if it refuses; the message names the proxy
  /// @throws InterruptedException if the thread was interrupted
  public void reload() throws IOException, InterruptedException {
    if (!isAlive()) {
      throw new SaidException(Texts.of("proxy.ended", kind.name(), reason()));
    }
    for (List<String> command : kind.reload(site, server.handle())) {
      try {
        server.run(command);
      } catch (IOException e) {
        throw new SaidException(
            Texts.of("proxy.no-reload", kind.name(), String.valueOf(e.getMessage())), e);
      }
    }
  }

  /// Ends all its processes and deletes its folder.
  @Override
  public void close() {
    server.close();
  }
}
