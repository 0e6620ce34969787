package pushlab.bench.net;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a proxy must do for held requests and streams, with the settings of known proxies.
@SuppressWarnings("ImmutableEnumChecker") // its lists do not change
public enum ProxySetting {
  /// Pass `Upgrade` on, which a WebSocket needs.
  PASS_UPGRADE_ON(
      new One(
          "nginx",
          "proxy_http_version 1.1, proxy_set_header Upgrade $http_upgrade and proxy_set_header"
              + " Connection upgrade"),
      new One("Apache", "upgrade=websocket at ProxyPass"),
      new One("Varnish", "return (pipe), and in vcl_pipe set bereq.http.upgrade"),
      new One("lighttpd", "proxy.header = (\"upgrade\" => \"enable\")"),
      new One("h2o", "proxy.tunnel: ON, from 2.3 on")),

  /// Pass the client's `Host` on.
  PASS_HOST_ON(
      new One("nginx", "proxy_set_header Host $http_host"),
      new One("Apache", "ProxyPreserveHost On"),
      new One("h2o", "proxy.preserve-host: ON")),

  /// Pass an answer on before it has ended.
  COLLECT_NOTHING(
      new One("nginx", "proxy_http_version 1.1 and proxy_buffering off"),
      new One("lighttpd", "server.stream-response-body = 1"),
      new One("any", "no compression of streams")),

  /// Pass small parts of an answer on at once.
  SEND_AT_ONCE(new One("HAProxy", "option http-no-delay"), new One("nginx", "proxy_buffering off")),

  /// Wait longer for an answer.
  WAIT_FOR_ANSWERS(
      new One("nginx", "proxy_read_timeout"),
      new One("HAProxy", "timeout server and timeout client"),
      new One("Apache", "ProxyTimeout"),
      new One("Varnish", "first_byte_timeout"),
      new One("h2o", "proxy.timeout.io"),
      new One("Squid", "read_timeout"),
      new One("lighttpd", "server.max-read-idle")),

  /// Wait longer for the next part of an answer.
  BEAR_SILENCE(
      new One("nginx", "proxy_read_timeout"),
      new One("HAProxy", "timeout server, timeout client and timeout tunnel"),
      new One("Apache", "ProxyTimeout"),
      new One("Varnish", "between_bytes_timeout"),
      new One("h2o", "proxy.timeout.io"),
      new One("Squid", "read_timeout")),

  /// Pass equal requests on at once.
  PASS_EQUAL_POLLS_ON(
      new One("Varnish", "return (pass) in vcl_recv"),
      new One("Squid", "collapsed_forwarding off"),
      new One("nginx", "proxy_cache_lock off")),

  /// Keep idle connections of clients for longer.
  KEEP_CONNECTIONS(
      new One("nginx", "keepalive_timeout"),
      new One("HAProxy", "timeout http-keep-alive"),
      new One("any", "a longer time for idle connections than the clients have"));

  /// The setting of one proxy, or of "any".
  private record One(String proxy, String setting) {
    boolean isOf(String names) {
      return names.contains(proxy.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
      return proxy + ": " + setting;
    }
  }

  private final List<One> settings;

  ProxySetting(One... settings) {
    this.settings = List.of(settings);
  }

  /// The settings of the proxies that `names` contains, or of all if none of them is known.
  ///
  /// @param names text that may name a proxy, such as the header `Server`
  public String of(String names) {
    String lower = names.toLowerCase(Locale.ROOT);
    List<One> known = settings.stream().filter(one -> one.isOf(lower)).toList();
    return (known.isEmpty() ? settings : known)
        .stream().map(One::toString).collect(Collectors.joining("; "));
  }

  /// The settings of all.
  public String ofAll() {
    return of("");
  }
}
