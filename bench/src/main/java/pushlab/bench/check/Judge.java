package pushlab.bench.check;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.bench.check.Finding.Outcome;
import pushlab.bench.check.Rule.Suspicion;
import pushlab.bench.check.Rule.Weight;

/// Decides to which of the two a broken rule belongs, to the server or to the road.
final class Judge {

  /// @param fault of the road; empty if it is the server's, or if no known one is the cause
  /// @param found what was found, and why it is judged so
  record Judgement(Outcome outcome, String found, Optional<RoadFault> fault) {}

  private final CheckedServer server;
  private final @Nullable Direct direct;

  /// @param direct the server at its own address; null if that is not known
  Judge(CheckedServer server, @Nullable Direct direct) {
    this.server = server;
    this.direct = direct;
  }

  /// Judges a failure of `rule` in a group of that kind.
  Judgement of(Rule rule, boolean aboutTheRoad, Trial.Failed failed) throws InterruptedException {
    Optional<RoadFault> fault = failed.suspicion().map(Suspicion::fault);
    if (direct != null && !failed.stopped()) {
      return byTheServersOwnAddress(rule, failed, fault, direct);
    }
    boolean shown = failed.suspicion().filter(Suspicion::shown).isPresent();
    Optional<String> proxy = server.proxies().named();
    if (fault.isEmpty()) {
      return theServers(rule, failed.found());
    }
    if (shown) {
      return theRoads(failed.found() + remedy(fault.get()), fault);
    }
    if (proxy.isPresent()) {
      return theRoads(
          failed.found()
              + ": %s, and such a proxy %s%s; the server may do the same: --direct tells"
                  .formatted(proxy.get(), fault.get().does(), remedy(fault.get())),
          fault);
    }
    String found =
        failed.found()
            + ": either the server does this, or a proxy in between that %s%s; nothing shows which, and --direct"
                .formatted(fault.get().does(), remedy(fault.get()))
            + " tells";
    return aboutTheRoad ? theRoads(found, fault) : theServers(rule, found);
  }

  private Judgement byTheServersOwnAddress(
      Rule rule, Trial.Failed failed, Optional<RoadFault> fault, Direct there)
      throws InterruptedException {
    return switch (there.test(rule)) {
      case Trial.Failed also ->
          theServers(
              rule,
              also.found().equals(failed.found())
                  ? "%s, and the same at %s".formatted(failed.found(), there.address())
                  : "%s; at %s: %s".formatted(failed.found(), there.address(), also.found()));
      case Trial.Kept kept when kept.remark().isEmpty() ->
          theRoads(
              "%s; at %s the rule is kept%s"
                  .formatted(failed.found(), there.address(), fault.map(this::remedy).orElse("")),
              fault);
      case Trial.Kept kept ->
          theServers(
              rule, "%s; at %s: %s".formatted(failed.found(), there.address(), kept.remark()));
      case Trial.Omitted omitted ->
          new Judgement(
              Outcome.SKIP,
              "%s; at %s: %s".formatted(failed.found(), there.address(), omitted.why()),
              fault);
    };
  }

  private String remedy(RoadFault fault) {
    return " (%s)".formatted(fault.remedy().of(server.proxies().named().orElse("")));
  }

  private static Judgement theRoads(String found, Optional<RoadFault> fault) {
    return new Judgement(Outcome.ROAD, found, fault);
  }

  private static Judgement theServers(Rule rule, String found) {
    boolean recommended = rule.weight() == Weight.RECOMMENDED;
    return new Judgement(recommended ? Outcome.WEAK : Outcome.FAIL, found, Optional.empty());
  }
}
