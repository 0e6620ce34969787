package pushlab.report.result.road;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.function.Function;

/// One row of what is measured of a proxy, in the order in which a report shows them.
public enum Aspect {
  HOLD(Passage::hold),
  EVENTS(Passage::events),
  SILENT_STREAM(Passage::silentStream),
  SILENT_SOCKET(Passage::silentSocket),
  WEB_SOCKET(Passage::webSocket),
  UPDATE(Passage::update),
  EQUAL_POLLS(Passage::equalPolls),
  LEFT(Passage::left),
  DEATH(Passage::death),
  DEATH_OF_REUSED(Passage::deathOfReused),
  RELOAD(Passage::reload),
  POLLS(Passage::polls),
  POLLS_OF_ONE_CONNECTION(Passage::pollsOfOneConnection),
  COMPRESSED(Passage::compressed);

  @SuppressWarnings("ImmutableEnumChecker") // an accessor of Passage
  private final Function<Passage, Seen<?>> of;

  Aspect(Function<Passage, Seen<?>> of) {
    this.of = of;
  }

  /// Its name in JSON.
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What was seen of it.
  public Seen<?> of(Passage passage) {
    return of.apply(passage);
  }
}
