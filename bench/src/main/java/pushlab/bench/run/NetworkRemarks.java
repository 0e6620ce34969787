package pushlab.bench.run;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.Reason;
import pushlab.report.judge.NetworkFitness;
import pushlab.report.result.Cell;
import pushlab.report.result.Network;
import pushlab.report.result.NetworkUse;
import pushlab.report.result.NetworkUse.Shaper;
import pushlab.report.result.Repeat;
import pushlab.report.result.Said;
import pushlab.report.text.Language;
import pushlab.report.text.Remark;
import pushlab.report.text.Text;

/// What a run remarks of its networks.
final class NetworkRemarks {

  /// From this share on a shaper may delay packets by itself.
  static final double BUSY = 0.5;

  private final Journal journal;

  NetworkRemarks(Journal journal) {
    this.journal = journal;
  }

  /// Calibrates `network` before the cells of round `round`.
  void calibrate(NetworkMeter meter, Network network, int round) throws InterruptedException {
    if (meter.way().shaper() == Shaper.RELAY) {
      once(Remark.NETWORK_RELAYED.say(network.name()));
    }
    try {
      NetworkUse seen = meter.calibrate();
      if (!NetworkFitness.isAsAsked(network, seen)) {
        journal.remark(
            Remark.NETWORK_NOT_AS_ASKED.say(
                network.name(), round, millis(seen.roundTripMillis()), share(seen.loss())));
      }
    } catch (IOException e) {
      Round.stopIfInterrupted();
      journal.remark(Remark.NETWORK_NOT_CALIBRATED.say(network.name(), round, Reason.of(e)));
    }
  }

  /// Remarks a shaper that was busy during `repeat`.
  void measured(Cell cell, Repeat repeat) {
    NetworkUse use = repeat.network();
    if (use != null && use.shaperShare() != null && use.shaperShare() > BUSY) {
      journal.remark(Remark.SHAPER_BUSY.say(cell, repeat.number(), share(use.shaperShare())));
    }
  }

  private void once(Said sentence) {
    if (!journal.hasRemarked(sentence)) {
      journal.remark(sentence);
    }
  }

  private static String millis(@Nullable Double value) {
    return value == null ? "-" : Text.number(value, Language.ENGLISH) + " ms";
  }

  private static String share(@Nullable Double value) {
    return value == null ? "-" : Text.percent(value, Language.ENGLISH);
  }
}
