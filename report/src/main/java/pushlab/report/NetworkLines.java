package pushlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.Workload;
import pushlab.report.model.NetworkEffect;
import pushlab.report.text.Phrase;
import pushlab.report.text.Screen;
import pushlab.report.text.Text;

/// What a terminal says of networks: one line for each transport and network.
final class NetworkLines {

  private static final String INDENT = "    ";

  private NetworkLines() {}

  /// Empty for a run over loopback alone.
  static List<String> of(Findings findings, Screen screen) {
    Optional<Workload> lead = NetworkEffect.lead(findings.effects());
    var lines = new ArrayList<String>();
    if (lead.isPresent()) {
      Phrase title = Phrase.of("colon.joined", Phrase.of("network.title"), lead.get().phrase());
      lines.add(screen.strong(screen.say(title)));
      findings.effects().stream()
          .filter(effect -> effect.workload().network() != null)
          .filter(effect -> effect.workload().over(null).equals(lead.get()))
          .map(effect -> screen.wrapped("", INDENT, screen.say(line(effect))))
          .forEach(lines::add);
    }
    return lines;
  }

  private static Phrase line(NetworkEffect effect) {
    Phrase line =
        Phrase.of(
            "network.line",
            effect.workload().networkPhrase(),
            effect.summary().within(),
            micros(effect.median().measured()),
            Phrase.number(effect.median().theory(), Text::micros),
            micros(effect.p99().measured()));
    return effect.wire() == null
        ? line
        : Phrase.of(
            "network.line.wire",
            line,
            Phrase.number(effect.wire().bytesPerDelivery(), Text::bytes));
  }

  private static Phrase micros(@Nullable Double micros) {
    return micros == null ? Phrase.of("mark.no-verdict") : Phrase.number(micros, Text::micros);
  }
}
