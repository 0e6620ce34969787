package pushlab.bench.check;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a proxy between client and server can do to their messages. Each has a rule of its own in
/// [RoadRules].
@SuppressWarnings("ImmutableEnumChecker") // its lists and records do not change
enum RoadFault {
  DROPS_UPGRADE(
      "Upgrade is passed on",
      "a WebSocket can be opened at this address",
      "no client can open a WebSocket at this address",
      "does not pass Upgrade on",
      Source.standard(
          "RFC 9110, 7.8", "Upgrade is for one connection, so a proxy must be told to pass it on"),
      new Remedy(
          "nginx",
          "proxy_http_version 1.1, proxy_set_header Upgrade $http_upgrade and proxy_set_header"
              + " Connection upgrade"),
      new Remedy("Apache", "upgrade=websocket at ProxyPass"),
      new Remedy("Varnish", "return (pipe), and in vcl_pipe set bereq.http.upgrade"),
      new Remedy("lighttpd", "proxy.header = (\"upgrade\" => \"enable\")"),
      new Remedy("h2o", "proxy.tunnel: ON, from 2.3 on")),

  CHANGES_HOST(
      "Host is passed on",
      "an update with the Origin of this address is accepted if the same without Origin is",
      "the server takes its own page for one of another site, and refuses the page's updates",
      "changes Host",
      Source.standard("RFC 9110, 7.2", "Host is the host and port that the client asks"),
      new Remedy("nginx", "proxy_set_header Host $http_host"),
      new Remedy("Apache", "ProxyPreserveHost On"),
      new Remedy("h2o", "proxy.preserve-host: ON")),

  COLLECTS(
      "events are passed on one by one",
      "a stream's first version arrives while the stream goes on",
      "pages that use the stream stay empty",
      "collects an answer before it passes it on",
      Source.ALL_AT_ONCE,
      new Remedy("nginx", "proxy_http_version 1.1 and proxy_buffering off"),
      new Remedy("lighttpd", "server.stream-response-body = 1"),
      new Remedy("any", "no compression of streams")),

  DELAYS(
      "events are passed on in time",
      "of ten updates, at least one arrives within 0.1 s, besides the time for a connection",
      "each page shows an update later than it could",
      "holds small parts of an answer back",
      Source.ALL_AT_ONCE,
      new Remedy("HAProxy", "option http-no-delay"),
      new Remedy("nginx", "proxy_buffering off")),

  CUTS_HOLDS(
      "holds are not cut",
      "a held poll is answered by the server, not by a proxy that has waited long enough",
      "clients see an error at each time-out; the server must hold for less time, or the proxy wait"
          + " for more",
      "ends a held poll",
      Source.standard(
          "RFC 9110, 15.6.5", "504: a gateway did not receive an answer from the server in time"),
      new Remedy("nginx", "proxy_read_timeout"),
      new Remedy("HAProxy", "timeout server and timeout client"),
      new Remedy("Apache", "ProxyTimeout"),
      new Remedy("Varnish", "first_byte_timeout"),
      new Remedy("h2o", "proxy.timeout.io"),
      new Remedy("Squid", "read_timeout"),
      new Remedy("lighttpd", "server.max-read-idle")),

  CUTS_SILENCE(
      "silent streams are not cut",
      "a stream or WebSocket stays open for a hold without an update",
      "pages reconnect all the time; the server must send a heartbeat more often, or the proxy wait"
          + " for more",
      "ends a silent stream",
      Source.standard(
          "HTML, 9.2.7", "a comment every 15 s or so keeps a proxy from ending the stream"),
      new Remedy("nginx", "proxy_read_timeout"),
      new Remedy("HAProxy", "timeout server, timeout client and timeout tunnel"),
      new Remedy("Apache", "ProxyTimeout"),
      new Remedy("Varnish", "between_bytes_timeout"),
      new Remedy("h2o", "proxy.timeout.io"),
      new Remedy("Squid", "read_timeout")),

  COLLAPSES(
      "equal polls are all passed on",
      "ten equal polls are answered as soon as ten that differ by a query parameter",
      "clients that wait for the same version wait for each other, until their pages give up",
      "sends equal polls one after the other, whatever Cache-Control says",
      Source.standard(
          "RFC 9111, 5.2.2.5", "no-store: a cache must not use the answer for another request"),
      new Remedy("Varnish", "return (pass) in vcl_recv"),
      new Remedy("Squid", "collapsed_forwarding off"),
      new Remedy("nginx", "proxy_cache_lock off")),

  CLOSES_KEPT(
      "kept connections are answered",
      "a request on a kept connection is answered, or the answer before said Connection: close",
      "a client that does not repeat requests by itself sees failures",
      "closes kept connections without an answer",
      Source.standard(
          "RFC 9112, 9.6", "before a server closes a connection, it says Connection: close"),
      new Remedy("nginx", "keepalive_timeout"),
      new Remedy("HAProxy", "timeout http-keep-alive"),
      new Remedy("any", "a longer time for idle connections than the clients have"));

  /// The setting of one proxy, or of "any", that ends the fault.
  private record Remedy(String proxy, String setting) {
    boolean isOf(String names) {
      return names.contains(proxy.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
      return proxy + ": " + setting;
    }
  }

  private final String rule;
  private final String promise;
  private final String meaning;
  private final String does;
  private final Source source;
  private final List<Remedy> remedies;

  RoadFault(
      String rule, String promise, String meaning, String does, Source source, Remedy... remedies) {
    this.rule = rule;
    this.promise = promise;
    this.meaning = meaning;
    this.does = does;
    this.source = source;
    this.remedies = List.of(remedies);
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

  /// The settings that end the fault: those of the proxies in `names`, or of all if none of them is
  /// known.
  String remedies(String names) {
    String lower = names.toLowerCase(Locale.ROOT);
    List<Remedy> known = remedies.stream().filter(remedy -> remedy.isOf(lower)).toList();
    return (known.isEmpty() ? remedies : known)
        .stream().map(Remedy::toString).collect(Collectors.joining("; "));
  }
}
