package pushlab.bench.network;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import pushlab.bench.host.ForeignServer;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;
import pushlab.report.result.Network;

/// `wirefilter` of vde2 (wirefilter(1)) between two tap interfaces: one process for each
/// direction. A process for both has one clock for both, so that a queue in one direction delays
/// the other one.
final class Wirefilter implements PacketShaper {

  /// A ring: what the clients send goes right, what the server sends comes back through the pipe.
  ///
  /// The pipes keep packets apart (`O_DIRECT` of pipe(2)) and have room for 256 of them. Without
  /// that, a read of wirefilter has 2048 bytes of several packets. If only the first byte of the
  /// last one is among them, it may take a wrong length and lose the packets that follow. A burst
  /// of packets of 193 bytes lost more than half. See
  /// `findings/wirefilter-loses-packets-by-their-size.sh`.
  private static final String RING =
      """
      plug=$1 filter=$2 interface=$3 in=$4 out=$5
      shift 5
      apart() {
        exec perl -MFcntl -e '
          fcntl(STDOUT, 1031, 1 << 20); # F_SETPIPE_SZ
          fcntl(STDOUT, F_SETFL, O_WRONLY | O_DIRECT);
          exec @ARGV;
        ' "$@"
      }
      mkfifo ring || exit
      # shellcheck disable=SC2086 # options are words
      apart "$plug" "tap://$interface" <ring \\
        | apart "$filter" $in -M in \\
        | apart "$@" "$plug" "tap://$interface" \\
        | apart "$filter" $out -M out >ring
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final String DONE = "1000 ";

  private final Network network;
  private final Path folder;
  private final ForeignServer ring;

  private Wirefilter(Network network, Path folder, ForeignServer ring) {
    this.network = network;
    this.folder = folder;
    this.ring = ring;
  }

  /// Starts it, and returns when both interfaces exist.
  ///
  /// @throws IOException if it does not start; the message says why
  static Wirefilter start(Network network, ServerNamespace server) throws IOException {
    Path folder = Files.createTempDirectory("pushlab-network-").toRealPath();
    long whole = Math.round(network.roundTripMillis());
    var command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                RING,
                "ring",
                Commands.path("vde_plug"),
                Commands.path("wirefilter"),
                NamespaceWay.SHAPED,
                // It counts in whole milliseconds.
                options(network, whole / 2),
                options(network, whole - whole / 2)));
    command.addAll(server.words());
    var shaper = new Wirefilter(network, folder, ForeignServer.startWithRights(folder, command));
    try {
      shaper.await(Path.of("/proc/self/net/dev"), server.counters().resolve("dev"));
    } catch (IOException e) {
      shaper.close();
      throw e;
    }
    return shaper;
  }

  /// The options of one direction.
  static String options(Network network, long delayMillis) {
    var options = new StringBuilder("-d ").append(delayMillis);
    if (network.jitterMillis() > 0) {
      options.append('+').append(number(network.jitterMillis()));
    }
    options.append(" -l ").append(number(network.loss() * 100));
    Double megabits = network.megabitsPerSecond();
    if (megabits != null) {
      options
          .append(" -b ")
          .append(Math.round(Queue.bytesPerSecond(megabits)))
          .append(" -c ")
          .append(Queue.withUnderWay(network, megabits));
    }
    return options.toString();
  }

  private static String number(double value) {
    return "%.6f".formatted(value);
  }

  private void await(Path here, Path there) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!(has(here) && has(there) && listens("in") && listens("out"))) {
      if (!ring.isAlive() || System.nanoTime() > deadline) {
        throw new SaidException(Texts.of("network.not-started", "wirefilter", said()));
      }
      pause();
    }
  }

  private static boolean has(Path interfaces) throws IOException {
    return Files.readString(interfaces).contains(NamespaceWay.SHAPED + ":");
  }

  private boolean listens(String socket) {
    return Files.exists(folder.resolve(socket));
  }

  private String said() throws IOException {
    return ring.said().lines().filter(line -> !line.contains("starting")).findFirst().orElse("?");
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void cut() throws IOException {
    lose(100);
  }

  @Override
  public void restore() throws IOException {
    lose(network.loss() * 100);
  }

  private void lose(double percent) throws IOException {
    for (String direction : List.of("in", "out")) {
      order(folder.resolve(direction), "loss " + number(percent) + "\n");
    }
  }

  /// Its answers begin with a code of four digits, in the manner of SMTP.
  private static void order(Path socket, String order) throws IOException {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(order.getBytes(StandardCharsets.US_ASCII)));
      var said = new StringBuilder();
      ByteBuffer buffer = ByteBuffer.allocate(4096);
      while (!said.toString().contains(DONE)) {
        if (channel.read(buffer.clear()) < 0) {
          throw new SaidException(Texts.of("network.ended", "wirefilter"));
        }
        said.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
      }
    }
  }

  @Override
  public List<ProcessHandle> processes() {
    return ring.handle().descendants().toList();
  }

  @Override
  public void close() {
    ring.close();
  }
}
