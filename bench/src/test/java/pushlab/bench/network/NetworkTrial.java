package pushlab.bench.network;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import pushlab.bench.host.Home;
import pushlab.bench.host.ServerProcess;
import pushlab.report.result.Network;

/// A process that makes a network for one server, tells what it is like, and keeps it until its
/// input ends. Its first argument is the network, its second the checkout, its third a file for the
/// server's output.
final class NetworkTrial {

  private NetworkTrial() {}

  public static void main(String... args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Network network = Networks.parse(args[0]);
    if (Namespaces.isNeeded(List.of(network))) {
      System.exit(Namespaces.runInside());
    }
    try (ShapedWay way = ShapedWay.open(network);
        ServerProcess server =
            ServerProcess.start(
                new Home(Path.of(args[1])),
                way.serverCommand(),
                Stream.concat(Stream.of("--port=0"), way.serverOptions().stream()).toList(),
                Path.of(args[2]))) {
      System.out.println("shaper " + way.shaper());
      System.out.println("server " + server.address() + " " + server.handle().pid());
      System.out.println("subscribers " + way.toSubscribers(server.address()));
      System.out.println("publisher " + way.toPublisher(server.address()));
      for (int i = 0; i < 3; i++) {
        Counted before = way.count();
        long began = System.nanoTime();
        Calibration calibration = way.calibrate();
        System.out.println("took " + Duration.ofNanos(System.nanoTime() - began));
        System.out.println(calibration);
        System.out.println(way.useSince(before, calibration));
      }
      System.out.println("ready");
      while (System.in.read() >= 0) {}
    }
  }
}
