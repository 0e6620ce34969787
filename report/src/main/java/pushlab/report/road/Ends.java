package pushlab.report.road;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.road.Passage.Death;
import pushlab.report.result.road.Passage.Fate;
import pushlab.report.result.road.Passage.Reload;
import pushlab.report.text.Phrase;

/// What clients see when the server or the proxy ends what they wait for.
final class Ends {

  private Ends() {}

  static Reading death(Death death) {
    Integer status = death.status();
    Phrase told =
        status == null
            ? Phrase.of("road.death.closed")
            : Phrase.of("road.death.status", Phrase.verbatim(status.toString()));
    boolean again = death.requests() > 1;
    Phrase value =
        again ? Phrase.of("road.death.again", told, Numbers.count(death.requests())) : told;
    var means = new ArrayList<Phrase>();
    means.add(
        status == null
            ? Phrase.of("road.death.closed.means")
            : Phrase.of("road.death.status.means", Phrase.verbatim(status.toString())));
    if (again) {
      means.add(Phrase.of("road.death.again.means"));
    }
    return new Reading(
        status == null || again ? Effect.LIMITED : Effect.PASSES, value, value, means, null);
  }

  /// Those that do not get through the proxy anyway have no fate.
  static Reading reload(Reload reload) {
    var fates = new ArrayList<Phrase>();
    var means = new ArrayList<Phrase>();
    add("poll", reload.poll(), null, fates, means);
    add("stream", reload.stream(), null, fates, means);
    add("socket", reload.socket(), reload.socketCode(), fates, means);
    Phrase value = Phrase.joined("; ", fates);
    return means.isEmpty()
        ? Reading.passes(value, Phrase.of("road.reload.passes.means"))
        : new Reading(Effect.LIMITED, value, Phrase.of("road.reload.brief"), means, null);
  }

  private static void add(
      String of,
      @Nullable Fate fate,
      @Nullable Integer code,
      List<Phrase> fates,
      List<Phrase> means) {
    if (fate == null) {
      return;
    }
    Phrase said = Phrase.of("road.reload." + of + "." + fate.name().toLowerCase(Locale.ROOT));
    fates.add(
        code == null
            ? said
            : Phrase.of("road.reload.code", said, Phrase.verbatim(code.toString())));
    if (fate != Fate.SERVED) {
      means.add(Phrase.of("road.reload." + of + ".means"));
    }
  }
}
