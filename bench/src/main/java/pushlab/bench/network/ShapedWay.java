package pushlab.bench.network;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;
import pushlab.report.result.Network;
import pushlab.report.result.NetworkUse;
import pushlab.report.result.NetworkUse.Shaper;

/// A network between one server and its subscribers, made by the lab. It is there until it is
/// closed; the server should be closed before. One at a time.
public interface ShapedWay extends AutoCloseable {

  /// Makes the network: with packets where this process runs in a namespace
  /// ([Namespaces#runInside]), or else with a relay of streams.
  ///
  /// @throws IOException if it cannot be made, or if it has loss and there is only the relay; the
  ///     message is one line that says why
  /// @throws IllegalArgumentException for [Network#LOOPBACK]
  static ShapedWay open(Network network) throws IOException {
    if (network.isLoopback()) {
      throw new IllegalArgumentException("nothing shapes the loopback interface");
    }
    Optional<Shaper> shaper = Namespaces.isInside() ? Shapers.choose() : Optional.empty();
    if (shaper.isPresent()) {
      return NamespaceWay.open(network, shaper.get());
    }
    if (network.loss() > 0) {
      throw new SaidException(Texts.of("network.no-loss", network.name(), Shapers.whyRelay()));
    }
    return new RelayWay(network);
  }

  Network network();

  Shaper shaper();

  /// The words before the command that starts the server; may be empty. The server has the process
  /// id of the first word.
  List<String> serverCommand();

  /// Further options of `./lab serve` for the server; may be empty.
  List<String> serverOptions();

  /// Where subscribers reach a server.
  ///
  /// @param said the address that it says itself
  /// @throws IOException if a relay cannot listen
  URI toSubscribers(URI said) throws IOException;

  /// Where the publisher and the lab itself reach a server, without this network between.
  ///
  /// @param said the address that it says itself
  URI toPublisher(URI said);

  /// Measures the round trip and counts what is lost, in up to about 4 s. Nothing else may use the
  /// network meanwhile.
  ///
  /// @throws IOException if that fails
  /// @throws InterruptedException if the thread was interrupted
  Calibration calibrate() throws IOException, InterruptedException;

  /// The counters of now.
  ///
  /// @throws IOException if the network has ended
  Counted count() throws IOException;

  /// What the network did since `before`.
  ///
  /// @param calibration the last one
  /// @throws IOException if the network has ended
  default NetworkUse useSince(Counted before, Calibration calibration) throws IOException {
    return count().since(before, shaper(), calibration);
  }

  /// Whether [#cut] is possible.
  boolean canCut();

  /// From now on no packet passes in either direction. Interfaces, addresses and routes stay, so
  /// that both ends see nothing but silence.
  ///
  /// @throws IOException if the network has ended
  /// @throws UnsupportedOperationException if it cannot be cut
  void cut() throws IOException;

  /// Packets pass again.
  ///
  /// @throws IOException if the network has ended
  /// @throws UnsupportedOperationException if it cannot be cut
  void restore() throws IOException;

  @Override
  void close();
}
