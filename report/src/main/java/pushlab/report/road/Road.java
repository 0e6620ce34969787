package pushlab.report.road;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Optional;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.road.ProxyResult;
import pushlab.report.text.Resources;

/// What stands between server and clients, as far as it was measured.
///
/// @param own whether this run measured it, and not an earlier one
public record Road(boolean own, List<MeasuredProxy> proxies) {

  /// What `./lab proxies` measured on Debian 12, for runs that have measured no proxy. CONTRIBUTING
  /// says which command renews it.
  private static final String USUAL = "usual-proxies.json";

  public Road {
    proxies = List.copyOf(proxies);
  }

  /// The proxies that a run has measured; the usual ones if there are none.
  public static Road of(List<ProxyResult> measured) {
    return measured.isEmpty() ? of(false, usual()) : of(true, measured);
  }

  /// These proxies.
  ///
  /// @param own whether this run has measured them
  public static Road of(boolean own, List<ProxyResult> measured) {
    return new Road(own, measured.stream().map(MeasuredProxy::of).toList());
  }

  private static List<ProxyResult> usual() {
    try {
      return ResultsFolder.json().readValue(Resources.read(USUAL), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(USUAL, e);
    }
  }

  /// The proxy through which the cells of this run were measured; empty if there was none.
  @JsonIgnore
  public Optional<MeasuredProxy> given() {
    return proxies.stream().filter(proxy -> own && proxy.result().isGiven()).findFirst();
  }

  /// Those on which answers rest: the given one, or else all.
  @JsonIgnore
  public List<MeasuredProxy> between() {
    return given().map(List::of).orElse(proxies);
  }

  /// The same without the aspects of each proxy.
  public Road brief() {
    return new Road(own, proxies.stream().map(MeasuredProxy::brief).toList());
  }
}
