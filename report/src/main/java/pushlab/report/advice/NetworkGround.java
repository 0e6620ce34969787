package pushlab.report.advice;

import java.util.List;
import java.util.stream.Stream;
import pushlab.report.advice.Advice.Sentence;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.model.Model;
import pushlab.report.model.RoundTripFit;
import pushlab.report.result.Network;
import pushlab.report.result.Transport;
import pushlab.report.result.Transport.Asking;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// What an answer adds for the network of its situation, where no cell was measured over it.
final class NetworkGround {

  private NetworkGround() {}

  /// One sentence: what the network adds to a push, and whether theory alone says so.
  ///
  /// @param cells those on which the answer rests
  static Sentence of(Situation situation, Model model, List<CellSummary> cells) {
    Network network = situation.network();
    Transport push = push(model);
    double micros =
        model
            .addedMicros(push, null, situation.workload(), Measure.DELIVERY_MEDIAN)
            .orElse(500 * network.roundTripMillis());
    boolean fitted =
        model.roundTrip(push).map(RoundTripFit::networks).orElse(List.of()).contains(network);
    return new Sentence(
        Phrase.of(
            fitted ? "advice.network.fitted" : "advice.network.theory",
            about(network),
            Phrase.number(micros, Text::micros)),
        fitted ? List.of() : cells,
        List.of());
  }

  /// One whose cells tell what networks add, if there is one.
  private static Transport push(Model model) {
    return Stream.of(Transport.values())
        .filter(it -> it.asking() == Asking.ONCE)
        .filter(it -> model.roundTrip(it).isPresent())
        .findFirst()
        .orElse(Transport.WEBSOCKET);
  }

  /// For example `4g (round trip 170 ms, 1.00 % of the packets lost each way)`.
  private static Phrase about(Network network) {
    Phrase name = Phrase.of(network);
    Phrase trip = Phrase.number(network.roundTripMillis(), Text::millis);
    return network.loss() == 0
        ? Phrase.of("network.trip", name, trip)
        : Phrase.of(
            "network.lossy", name, trip, Phrase.number(network.loss(), Text::precisePercent));
  }
}
