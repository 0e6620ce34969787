package pushlab.bench.herd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.Accounting;
import pushlab.bench.host.Accounting.CpuTime;
import pushlab.bench.host.Home;
import pushlab.bench.host.ServerProcess;
import pushlab.bench.net.ServerAddress;
import pushlab.bench.network.ShapedWay;

/// Our server in a process of its own, which is started again on the same port. A network may lie
/// between the server and its clients, and none between the server and its publisher.
final class OwnServer implements Subject {

  /// Below the ports that systems give to clients (from 32768 on Linux, 49152 elsewhere): while the
  /// server is away, a client could else get its port, or connect to itself.
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 12_000;
  private static final int TRIES = 50;
  private static final Duration GLANCE = Duration.ofMillis(50);

  private final Home home;
  private final Path log;
  private final List<String> options;
  private final @Nullable ShapedWay way;
  private final ServerAddress address;
  private final ServerAddress publisher;
  private ServerProcess process;
  private Duration before = Duration.ZERO;

  /// Starts a server on a free port.
  ///
  /// @param log its output is appended to this file
  /// @param options beside the port
  /// @param way the network, which outlives the server; null for loopback
  /// @throws IOException if it does not start; the message says why
  OwnServer(Home home, Path log, List<String> options, @Nullable ShapedWay way) throws IOException {
    this.home = home;
    this.log = log;
    this.options = new ArrayList<>(options);
    this.options.add("--port=" + freePort());
    this.way = way;
    if (way != null) {
      this.options.addAll(way.serverOptions());
    }
    this.process = start();
    URI said = process.address();
    try {
      this.address = ServerAddress.of(way == null ? said : way.toSubscribers(said));
      this.publisher = ServerAddress.of(way == null ? said : way.toPublisher(said));
    } catch (IOException e) {
      process.close();
      throw e;
    }
  }

  private ServerProcess start() throws IOException {
    return ServerProcess.start(home, way == null ? List.of() : way.serverCommand(), options, log);
  }

  private static int freePort() throws IOException {
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
      try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IOException("no free port found", last);
  }

  @Override
  public ServerAddress address() {
    return address;
  }

  @Override
  public ServerAddress publisher() {
    return publisher;
  }

  @Override
  public void restart() throws IOException, InterruptedException {
    process.stop();
    Duration used = cpuOfProcess().orElse(Duration.ZERO);
    while (process.isAlive()) {
      Thread.sleep(GLANCE);
      used = cpuOfProcess().orElse(used);
    }
    startAgain(used);
  }

  @Override
  public void killAndStart() throws IOException, InterruptedException {
    Duration used = cpuOfProcess().orElse(Duration.ZERO);
    process.kill();
    startAgain(used);
  }

  @Override
  public void cut() throws IOException {
    cuttable().cut();
  }

  @Override
  public void restore() throws IOException {
    cuttable().restore();
  }

  private ShapedWay cuttable() throws IOException {
    ShapedWay cuttable = way;
    if (cuttable == null || !cuttable.canCut()) {
      throw new IOException("the network cannot be cut");
    }
    return cuttable;
  }

  private void startAgain(Duration used) throws IOException {
    before = before.plus(used);
    process = start();
  }

  @Override
  public Optional<Duration> cpuTime() {
    return cpuOfProcess().map(before::plus);
  }

  private Optional<Duration> cpuOfProcess() {
    return new Accounting(process.handle()).cpuTime().map(CpuTime::all);
  }

  @Override
  public void close() {
    process.close();
  }
}
