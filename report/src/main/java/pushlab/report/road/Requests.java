package pushlab.report.road;

import pushlab.report.result.road.Passage.AtOnce;
import pushlab.report.result.road.Passage.EqualPolls;
import pushlab.report.text.Phrase;

/// What a proxy does with the requests of clients.
final class Requests {

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int FORBIDDEN = 403;

  /// A server should let a client have at least as many streams of one connection at once (RFC
  /// 9113, section 6.5.2).
  private static final int ENOUGH = 100;

  private Requests() {}

  static Reading webSocket(int status) {
    Phrase number = Phrase.verbatim(Integer.toString(status));
    return status == SWITCHING_PROTOCOLS
        ? Reading.passes(
            Phrase.of("road.socket.passes", number), Phrase.of("road.socket.passes.means"))
        : Reading.fails(
            Phrase.of("road.socket.fails", number),
            number,
            Phrase.of("road.socket.fails.means", number));
  }

  static Reading update(int status) {
    Phrase number = Phrase.verbatim(Integer.toString(status));
    if (status >= 200 && status < 300) {
      return Reading.passes(
          Phrase.of("road.update.passes", number), Phrase.of("road.update.passes.means"));
    }
    return Reading.fails(
        Phrase.of("road.update.fails", number),
        number,
        Phrase.of(status == FORBIDDEN ? "road.update.host" : "road.update.fails.means", number),
        Phrase.of("road.update.reading"));
  }

  static Reading equalPolls(EqualPolls polls) {
    Phrase sent = Numbers.count(polls.sent());
    Phrase first = Numbers.count(polls.first());
    if (Math.min(polls.first(), polls.second()) >= polls.sent()) {
      return Reading.passes(
          Phrase.of("road.equal.passes", sent), Phrase.of("road.equal.passes.means"));
    }
    return Reading.limited(
        Phrase.of("road.equal.some", first, sent, Numbers.count(polls.second())),
        Phrase.of("road.equal.brief", first, sent),
        Phrase.of("road.equal.some.means"),
        Phrase.of("road.equal.remedy"));
  }

  static Reading polls(AtOnce polls) {
    if (polls.held() >= polls.asked()) {
      return all(polls, "road.polls.passes.means");
    }
    return some(polls, Phrase.of("road.polls.some.means", Numbers.count(polls.held())));
  }

  static Reading pollsOfOneConnection(AtOnce polls) {
    if (polls.held() >= polls.asked()) {
      return all(polls, "road.stream.passes.means");
    }
    Reading some = some(polls, Phrase.of("road.stream.some.means", Numbers.count(polls.held())));
    return polls.held() < ENOUGH
        ? some
        : Reading.passes(some.value(), Phrase.of("road.stream.enough.means")).with(polls.held());
  }

  private static Reading all(AtOnce polls, String means) {
    return Reading.passes(
            Phrase.of("road.polls.all", Numbers.count(polls.held())), Phrase.of(means))
        .with(polls.held());
  }

  private static Reading some(AtOnce polls, Phrase means) {
    Phrase held = Numbers.count(polls.held());
    Phrase asked = Numbers.count(polls.asked());
    return Reading.limited(
            polls.refused() == 0
                ? Phrase.of("road.polls.some", held, asked)
                : Phrase.of("road.polls.refused", held, asked, Numbers.count(polls.refused())),
            Phrase.of("road.polls.brief", held),
            means)
        .with(polls.held());
  }
}
