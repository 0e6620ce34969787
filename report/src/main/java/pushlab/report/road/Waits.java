package pushlab.report.road;

import pushlab.report.result.road.Passage.End;
import pushlab.report.result.road.Passage.Hold;
import pushlab.report.result.road.Passage.Left;
import pushlab.report.result.road.Passage.Silence;
import pushlab.report.text.Phrase;

/// What a proxy does to those that wait.
final class Waits {

  private Waits() {}

  static Reading hold(Hold hold) {
    Phrase seconds = Numbers.seconds(hold.seconds());
    if (hold.passed()) {
      return Reading.passes(
              Phrase.of("road.hold.passes", seconds), Phrase.of("road.hold.passes.means", seconds))
          .with(hold.seconds());
    }
    Phrase safe = Numbers.seconds(Margin.below(hold.seconds(), Margin.USUAL_HOLD));
    Integer status = hold.status();
    return Reading.limited(
            status == null
                ? Phrase.of("road.hold.closed", seconds)
                : Phrase.of("road.hold.cut", seconds, Phrase.verbatim(status.toString())),
            Phrase.of("road.hold.brief", seconds),
            Phrase.of("road.hold.cut.means", seconds, safe))
        .with(hold.seconds());
  }

  static Reading silentStream(Silence silence) {
    return silence(silence, "stream");
  }

  static Reading silentSocket(Silence silence) {
    return silence(silence, "socket");
  }

  private static Reading silence(Silence silence, String of) {
    Phrase seconds = Numbers.seconds(silence.seconds());
    if (silence.end() == End.NONE) {
      return Reading.passes(
              Phrase.of("road.silence.passes", seconds),
              Phrase.of("road.silence." + of + ".passes.means", seconds))
          .with(silence.seconds());
    }
    Integer code = silence.code();
    Phrase safe = Numbers.seconds(Margin.below(silence.seconds(), Margin.USUAL_HEARTBEAT));
    return Reading.limited(
            code == null
                ? Phrase.of(
                    silence.end() == End.CUT ? "road.silence.cut" : "road.silence.ended", seconds)
                : Phrase.of("road.silence.code", seconds, Phrase.verbatim(code.toString())),
            Phrase.of("road.silence.brief", seconds),
            Phrase.of("road.silence." + of + ".cut.means", seconds, safe),
            Phrase.of(
                silence.end() == End.CUT || of.equals("socket")
                    ? "road.silence.again"
                    : "road.silence.complete"))
        .with(silence.seconds());
  }

  /// A client that goes away closes its connection; one that ends with unread data resets it.
  static Reading left(Left left) {
    Double closed = left.millis();
    Double reset = left.resetMillis();
    Phrase watched = Numbers.millis(left.waitedMillis());
    if (closed != null) {
      return Reading.passes(
          Phrase.of("road.left.after", Numbers.millis(closed)), Phrase.of("road.left.after.means"));
    }
    Phrase not = Phrase.of("road.left.not", watched);
    return Reading.limited(
        reset == null ? not : Phrase.of("road.left.reset", watched, Numbers.millis(reset)),
        not,
        Phrase.of("road.left.not.means"));
  }
}
