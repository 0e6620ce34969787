package pushlab.bench.check;

import java.util.ArrayList;
import java.util.List;
import pushlab.report.result.Transport;

/// All rules, in the order in which they are tested.
final class Rules {

  private Rules() {}

  /// The groups of rules for `server`. The long poll comes before the other transports, because
  /// every server has it. The rules about the road come last, because they tell what the others
  /// have seen of it.
  ///
  /// @param road what is seen of the road while the rules are tested
  static List<Rule.Group> all(
      CheckedServer server, CheckOptions options, Limits limits, Road road) {
    var events = new EventStreamRules(server, options, limits);
    var lines = new NdjsonStreamRules(server, options, limits);
    var sockets = new WebSocketRules(server, options, limits);
    var quiet = new QuietTime(server, limits, List.of(events.feed(), lines.feed(), sockets.feed()));
    var groups = new ArrayList<Rule.Group>();
    groups.add(new BasicRules(server, limits).group());
    groups.add(new UpdateRules(server, options, limits).group());
    groups.add(new TextRules(server, options, limits).group());
    groups.add(new LongPollRules(server, limits).group());
    for (Transport other : Transport.values()) {
      switch (other) {
        case SHORT_POLLING -> groups.add(new ShortPollRules(server, options, limits).group());
        case LONG_POLLING -> {
          // Its rules come first.
        }
        case SERVER_SENT_EVENTS -> groups.add(events.group());
        case NDJSON_STREAM -> groups.add(lines.group());
        case WEBSOCKET -> groups.add(sockets.group());
      }
    }
    groups.add(new HoldRules(server, limits, quiet).group());
    groups.add(new RoadRules(server, limits, road, quiet, sockets).group());
    return groups;
  }
}
