package pushlab.report.road;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.road.Aspect;
import pushlab.report.result.road.Passage;
import pushlab.report.result.road.Seen;
import pushlab.report.text.Phrase;

/// What was measured of one aspect, in words.
///
/// @param value for example `cut at 60 s: 504`
/// @param brief the same in as few words as possible, for example `< 60 s`
/// @param means what it means, one sentence for the transports that it concerns
/// @param amount how much a client gets: the seconds of a hold or of a silence, or how many at
///     once; null for an aspect that is no such amount
public record Reading(
    Effect effect, Phrase value, Phrase brief, List<Phrase> means, @Nullable Double amount) {

  /// An amount that is larger by less than this may have been measured by chance.
  private static final double MORE = 1.5;

  public Reading {
    means = List.copyOf(means);
  }

  /// What `passage` has of `aspect`.
  public static Reading of(Aspect aspect, Passage passage) {
    return switch (aspect) {
      case HOLD -> of(passage.hold(), Waits::hold);
      case EVENTS -> of(passage.events(), Streams::events);
      case SILENT_STREAM -> of(passage.silentStream(), Waits::silentStream);
      case SILENT_SOCKET -> of(passage.silentSocket(), Waits::silentSocket);
      case WEB_SOCKET -> of(passage.webSocket(), Requests::webSocket);
      case UPDATE -> of(passage.update(), Requests::update);
      case EQUAL_POLLS -> of(passage.equalPolls(), Requests::equalPolls);
      case LEFT -> of(passage.left(), Waits::left);
      case DEATH -> of(passage.death(), Ends::death);
      case DEATH_OF_REUSED -> of(passage.deathOfReused(), Ends::death);
      case RELOAD -> of(passage.reload(), Ends::reload);
      case POLLS -> of(passage.polls(), Requests::polls);
      case POLLS_OF_ONE_CONNECTION ->
          of(passage.pollsOfOneConnection(), Requests::pollsOfOneConnection);
      case COMPRESSED -> of(passage.compressed(), Streams::compressed);
    };
  }

  private static <T> Reading of(Seen<T> seen, Function<T, Reading> read) {
    T value = seen.value();
    if (value != null) {
      return read.apply(value);
    }
    Phrase not = Phrase.of("road.effect.unknown");
    Phrase why = seen.why() == null ? not : Phrase.of(seen.why());
    return new Reading(Effect.UNKNOWN, not, not, List.of(why), null);
  }

  static Reading passes(Phrase value, Phrase... means) {
    return new Reading(Effect.PASSES, value, value, List.of(means), null);
  }

  static Reading limited(Phrase value, Phrase brief, Phrase... means) {
    return new Reading(Effect.LIMITED, value, brief, List.of(means), null);
  }

  static Reading fails(Phrase value, Phrase brief, Phrase... means) {
    return new Reading(Effect.FAILS, value, brief, List.of(means), null);
  }

  Reading with(double howMuch) {
    return new Reading(effect, value, brief, means, howMuch);
  }

  /// Whether it is better than `before` by more than chance makes it.
  boolean isBetterThan(Reading before) {
    return effect.isBetterThan(before.effect)
        || (effect == before.effect
            && amount != null
            && before.amount != null
            && amount >= MORE * before.amount);
  }
}
