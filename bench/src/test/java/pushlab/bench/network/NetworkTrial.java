package pushlab.bench.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import pushlab.bench.host.Home;
import pushlab.bench.host.ServerProcess;
import pushlab.report.result.Network;

/// A process that makes a network for one server of ours. It answers each line of its input with
/// one line, until its input ends: `calibrate`, `use`, `cut`, `restore`, `subscribers` and
/// `publisher` (whether a request is answered there in two seconds), `exit`.
///
/// Its arguments are the network, the checkout and a file for the server's output.
final class NetworkTrial {

  private NetworkTrial() {}

  public static void main(String... args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Network network = Networks.parse(args[0]);
    if (Namespaces.isNeeded(List.of(network))) {
      System.exit(Namespaces.runInside());
    }
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (ShapedWay way = ShapedWay.open(network);
        ServerProcess server =
            ServerProcess.start(
                new Home(Path.of(args[1])),
                way.serverCommand(),
                Stream.concat(Stream.of("--port=0"), way.serverOptions().stream()).toList(),
                Path.of(args[2]))) {
      System.out.println(way.shaper().id());
      Counted before = way.count();
      var calibration = new Calibration(null, null, 0);
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        switch (line) {
          case "calibrate" -> {
            calibration = way.calibrate();
            System.out.println(calibration.roundTripMillis() + " " + calibration.loss());
          }
          case "use" -> System.out.println(way.useSince(before, calibration));
          case "subscribers" -> System.out.println(answers(way.toSubscribers(server.address())));
          case "publisher" -> System.out.println(answers(way.toPublisher(server.address())));
          case "cut" -> {
            way.cut();
            System.out.println("is cut");
          }
          case "restore" -> {
            way.restore();
            System.out.println("is restored");
          }
          case "exit" -> System.exit(3);
          default -> throw new IllegalArgumentException(line);
        }
      }
    }
  }

  private static boolean answers(URI server) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), 2000);
      socket.setSoTimeout(2000);
      socket
          .getOutputStream()
          .write("GET /health/live HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() == 'H';
    } catch (IOException _) {
      return false;
    }
  }
}
