package pushlab.bench.check;

import pushlab.bench.net.ProxySetting;

/// What a proxy between client and server can do to their messages. Each has a rule of its own in
/// [RoadRules].
@SuppressWarnings("ImmutableEnumChecker") // its sources do not change
enum RoadFault {
  DROPS_UPGRADE(
      "Upgrade is passed on",
      "a WebSocket can be opened at this address",
      "no client can open a WebSocket at this address",
      "does not pass Upgrade on",
      Source.standard(
          "RFC 9110, 7.8", "Upgrade is for one connection, so a proxy must be told to pass it on"),
      ProxySetting.PASS_UPGRADE_ON),

  CHANGES_HOST(
      "Host is passed on",
      "an update with the Origin of this address is accepted if the same without Origin is",
      "the server takes its own page for one of another site, and refuses the page's updates",
      "changes Host",
      Source.standard("RFC 9110, 7.2", "Host is the host and port that the client asks"),
      ProxySetting.PASS_HOST_ON),

  COLLECTS(
      "events are passed on one by one",
      "a stream's first version arrives while the stream goes on",
      "pages that use the stream stay empty",
      "collects an answer before it passes it on",
      Source.ALL_AT_ONCE,
      ProxySetting.COLLECT_NOTHING),

  DELAYS(
      "events are passed on in time",
      "of ten updates, at least one arrives within 0.1 s, besides the time for a connection",
      "each page shows an update later than it could",
      "holds small parts of an answer back",
      Source.ALL_AT_ONCE,
      ProxySetting.SEND_AT_ONCE),

  CUTS_HOLDS(
      "holds are not cut",
      "a held poll is answered by the server, not by a proxy that has waited long enough",
      "clients see an error at each time-out; the server must hold for less time, or the proxy wait"
          + " for more",
      "ends a held poll",
      Source.standard(
          "RFC 9110, 15.6.5", "504: a gateway did not receive an answer from the server in time"),
      ProxySetting.WAIT_FOR_ANSWERS),

  CUTS_SILENCE(
      "silent streams are not cut",
      "a stream or WebSocket stays open for a hold without an update",
      "pages reconnect all the time; the server must send a heartbeat more often, or the proxy wait"
          + " for more",
      "ends a silent stream",
      Source.standard(
          "HTML, 9.2.7", "a comment every 15 s or so keeps a proxy from ending the stream"),
      ProxySetting.BEAR_SILENCE),

  COLLAPSES(
      "equal polls are all passed on",
      "ten equal polls are answered as soon as ten that differ by a query parameter",
      "clients that wait for the same version wait for each other, until their pages give up",
      "sends equal polls one after the other, whatever Cache-Control says",
      Source.standard(
          "RFC 9111, 5.2.2.5", "no-store: a cache must not use the answer for another request"),
      ProxySetting.PASS_EQUAL_POLLS_ON),

  CLOSES_KEPT(
      "kept connections are answered",
      "a request on a kept connection is answered, or the answer before said Connection: close",
      "a client that does not repeat requests by itself sees failures",
      "closes kept connections without an answer",
      Source.standard(
          "RFC 9112, 9.6", "before a server closes a connection, it says Connection: close"),
      ProxySetting.KEEP_CONNECTIONS);

  private final String rule;
  private final String promise;
  private final String meaning;
  private final String does;
  private final Source source;
  private final ProxySetting remedy;

  RoadFault(
      String rule,
      String promise,
      String meaning,
      String does,
      Source source,
      ProxySetting remedy) {
    this.rule = rule;
    this.promise = promise;
    this.meaning = meaning;
    this.does = does;
    this.source = source;
    this.remedy = remedy;
  }

  /// The name of its rule.
  String rule() {
    return rule;
  }

  /// The rule that a road with this fault breaks.
  Rule rule(Rule.Experiment experiment) {
    return new Rule(rule, Rule.Weight.RECOMMENDED, promise, meaning, source, experiment);
  }

  /// What the proxy does, as the end of a sentence about it.
  String does() {
    return does;
  }

  /// The setting that ends the fault.
  ProxySetting remedy() {
    return remedy;
  }
}
