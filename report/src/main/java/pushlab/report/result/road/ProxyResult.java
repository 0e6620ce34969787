package pushlab.report.result.road;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `proxies/<id>.json`: what one proxy does to the transports.
///
/// @param id the name of its file, for example `nginx`; `behind` for one that already ran
/// @param name for a reader; the address of one that already ran
/// @param version as the proxy says it; null if it does not
/// @param system the operating system and its version
/// @param at when the measurement began
/// @param smallest with the smallest reverse proxy of its manual, or as it already ran
/// @param remedied with the settings of `remedies`; null for one that already ran
/// @param remedies the setting, in the language of its configuration, by which `remedied` differs
///     in that aspect
public record ProxyResult(
    String id,
    String name,
    @Nullable String version,
    String system,
    Instant at,
    Passage smallest,
    @Nullable Passage remedied,
    Map<Aspect, String> remedies) {

  /// The id of a proxy that the lab did not start.
  public static final String BEHIND = "behind";

  public ProxyResult {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(system, "system");
    requireNonNull(at, "at");
    smallest.requireWhole();
    if (remedied != null) {
      remedied.requireWhole();
    }
    remedies = Map.copyOf(remedies);
  }

  /// Whether it is one that the lab did not start.
  @JsonIgnore
  public boolean isGiven() {
    return id.equals(BEHIND);
  }
}
