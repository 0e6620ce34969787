package pushlab.report.herd;

import java.util.ArrayList;
import java.util.List;
import pushlab.report.result.Transport;
import pushlab.report.result.herd.HerdEvent;
import pushlab.report.result.herd.HerdTrial;

/// Trials of herds of 1,000 clients, as a server could show them that takes 2,500 in a second.
public final class Herds {

  private static final List<Double> WINDOWS = List.of(0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0);

  private Herds() {}

  /// One trial of each setting; of a kill of long polling two.
  public static List<HerdTrial> all() {
    var all = new ArrayList<HerdTrial>();
    for (Transport transport : Transport.values()) {
      all.add(
          Trials.trial()
              .event(HerdEvent.UPDATE)
              .transport(transport)
              .gone(0)
              .back(0, 0.05 * (1 + place(transport)))
              .most(0, transport == Transport.WEBSOCKET ? 0 : 1000)
              .get());
    }
    for (double spread : new double[] {0, 0.0625, 0.5}) {
      all.add(
          Trials.trial()
              .event(HerdEvent.HOLD_END)
              .gone(0)
              .spread(spread)
              .back(0, 0.4 + 25 * spread)
              .most(0, Math.round(1000 / (1 + 20 * spread)))
              .get());
    }
    for (double window : WINDOWS) {
      for (Transport transport : Transport.values()) {
        all.add(back(HerdEvent.RESTART, transport, window).gone(1.4).get());
        all.add(back(HerdEvent.KILL, transport, window).get());
      }
      all.add(
          back(HerdEvent.KILL, Transport.LONG_POLLING, window)
              .back(3, 1.1 * last(Transport.LONG_POLLING, window))
              .repeat(1)
              .get());
    }
    all.add(back(HerdEvent.CUT, Transport.LONG_POLLING, 0).gone(10).back(10, 40).notBack(12).get());
    all.add(back(HerdEvent.CUT, Transport.LONG_POLLING, 1).gone(10).back(10, 14).get());
    return all;
  }

  private static Trials back(HerdEvent event, Transport transport, double window) {
    return Trials.trial()
        .event(event)
        .transport(transport)
        .window(window)
        .gone(2.1)
        .back(Math.max(2.1, last(transport, window) - 0.4 - window), last(transport, window))
        .most(Math.round(12_000 / (1 + 8 * window)), 1000);
  }

  private static double last(Transport transport, double window) {
    double crowded = 2 / (1 + 5 * window);
    return 2.5 + 0.1 * place(transport) + crowded + 1.6 * window;
  }

  private static int place(Transport transport) {
    return List.of(Transport.values()).indexOf(transport);
  }
}
