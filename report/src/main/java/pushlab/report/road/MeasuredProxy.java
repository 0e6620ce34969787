package pushlab.report.road;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Transport;
import pushlab.report.result.road.ProxyResult;

/// What was measured of one proxy, and what it means.
///
/// @param transports how each passes, with the smallest reverse proxy of the proxy's manual or as
///     it already ran
/// @param withSettings the same with the settings that were tried; null if none were
/// @param aspects each of them
@JsonPropertyOrder({"id", "name", "version", "system", "at", "transports", "withSettings"})
public record MeasuredProxy(
    @JsonIgnore ProxyResult result,
    List<Crossing> transports,
    @Nullable List<Crossing> withSettings,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RoadCell> aspects) {

  /// What `result` says.
  static MeasuredProxy of(ProxyResult result) {
    return new MeasuredProxy(
        result,
        Crossing.of(result.smallest()),
        result.remedied() == null ? null : Crossing.of(result.remedied()),
        RoadCell.of(result));
  }

  @JsonProperty
  public String id() {
    return result.id();
  }

  @JsonProperty
  public String name() {
    return result.name();
  }

  @JsonProperty
  public @Nullable String version() {
    return result.version();
  }

  @JsonProperty
  public String system() {
    return result.system();
  }

  @JsonProperty
  public Instant at() {
    return result.at();
  }

  /// Its name and its version, for example `nginx 1.22.1`.
  @JsonIgnore
  public String title() {
    String version = result.version();
    return version == null || result.name().contains(version)
        ? result.name()
        : result.name() + " " + version;
  }

  /// How `transport` passes.
  public Crossing of(Transport transport) {
    return transports.stream()
        .filter(crossing -> crossing.transport() == transport)
        .findFirst()
        .orElseThrow();
  }

  /// The same without the aspects.
  MeasuredProxy brief() {
    return new MeasuredProxy(result, transports, withSettings, List.of());
  }
}
