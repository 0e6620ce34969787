package pushlab.bench.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import pushlab.report.result.Network;
import pushlab.report.result.NetworkUse.Shaper;

/// A network of streams, in this process. The server is where it always is.
final class RelayWay implements ShapedWay {

  private static final int MOST_TIMES = 20;
  private static final int LEAST_TIMES = 3;
  private static final double CALIBRATION_MILLIS = 1500;

  private final Network network;
  private final Relay relay;

  RelayWay(Network network) {
    this.network = network;
    this.relay = new Relay(network);
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public Shaper shaper() {
    return Shaper.RELAY;
  }

  @Override
  public List<String> serverCommand() {
    return List.of();
  }

  @Override
  public List<String> serverOptions() {
    return List.of();
  }

  @Override
  public URI toSubscribers(URI said) throws IOException {
    InetSocketAddress at = relay.to(new InetSocketAddress(said.getHost(), said.getPort()));
    return URI.create(
        "%s://%s:%d".formatted(said.getScheme(), at.getAddress().getHostAddress(), at.getPort()));
  }

  @Override
  public URI toPublisher(URI said) {
    return said;
  }

  /// A byte goes through the relay and comes back, several times on one connection.
  @Override
  public Calibration calibrate() throws IOException {
    try (var echo = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(relay.to(new InetSocketAddress(echo.getInetAddress(), echo.getLocalPort())));
      Thread.ofVirtual().start(() -> echo(echo));
      // The first one takes as long as connecting, too.
      roundTripMillis(socket);
      double[] seen = new double[times()];
      for (int i = 0; i < seen.length; i++) {
        seen[i] = roundTripMillis(socket);
      }
      Arrays.sort(seen);
      return new Calibration(seen[seen.length / 2], null, 0);
    }
  }

  private int times() {
    double fitting = CALIBRATION_MILLIS / Math.max(1, network.roundTripMillis());
    return (int) Math.clamp(fitting, LEAST_TIMES, MOST_TIMES);
  }

  private static double roundTripMillis(Socket socket) throws IOException {
    long sent = System.nanoTime();
    socket.getOutputStream().write(1);
    if (socket.getInputStream().read() < 0) {
      throw new IOException("the relay has ended");
    }
    return (System.nanoTime() - sent) / 1e6;
  }

  private static void echo(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      for (int read = in.read(); read >= 0; read = in.read()) {
        out.write(read);
      }
    } catch (IOException _) {
      // The measurement is over.
    }
  }

  @Override
  public Counted count() {
    return new Counted(System.nanoTime(), null, null, null);
  }

  @Override
  public boolean canCut() {
    return false;
  }

  @Override
  public void cut() {
    throw new UnsupportedOperationException("a relay loses nothing");
  }

  @Override
  public void restore() {
    throw new UnsupportedOperationException("a relay loses nothing");
  }

  @Override
  public void close() {
    relay.close();
  }
}
