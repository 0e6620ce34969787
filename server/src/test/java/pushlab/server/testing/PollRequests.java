package pushlab.server.testing;

import java.util.List;
import java.util.stream.Stream;

/// Requests for `/poll-status` in many forms, valid and invalid, of one character a byte. `EPOCH`
/// and `VERSION` stand for those of the server.
public final class PollRequests {

  private static final String HELD = "GET /poll-status?last_version=VERSION HTTP/1.1";

  private static final String[] HEADERS = {
    "host: x",
    "HOST: x",
    "HoSt:x",
    "Host:x",
    "Host:  x  ",
    "Host:\tx\t",
    "Host: x:8080",
    "Host: [::1]:8080",
    "Host: ",
    "Host:",
    "Host: a b",
    "Host: user@x",
    "Host : x",
    " Host: x",
    "X: y",
    "Host: x & Host: x",
    "Host: x & host: y",
    "Host: x & X: y & X: y",
    "Host: x & X:",
    "Host: x & X: ",
    "Host: x & X: \u00e9\u00ff",
    "Host: x & X: a\u0001b",
    "Host: x & X: a\u007fb",
    "Host: x & X: a\u0000b",
    "Host: x & X: a\rb",
    "Host: x & X: a\nb",
    "Host: x & X: a\tb",
    "Host: x & X\u00e9: y",
    "Host: x & X(: y",
    "Host: x & X y",
    "Host: x & : y",
    "Host: x & X : y",
    "Host: x & X: y &  folded",
    "Host: x & X: y & \tfolded",
    "Host: x &  folded: y",
    "Host: x & Connection: keep-alive",
    "Host: x & connection: Keep-Alive",
    "Host: x & Connection: close",
    "Host: x & connection:CLOSE",
    "Host: x & Connection: close, TE",
    "Host: x & Connection: TE, Close",
    "Host: x & Connection: keep-alive, close",
    "Host: x & Connection: keep-alive & Connection: close",
    "Host: x & Connection: close & Connection: keep-alive",
    "Host: x & Connection: closed",
    "Host: x & Connection: x-close",
    "Host: x & Connection:",
    "Host: x & Connection: ,",
    "Host: x & Connection: \"close\"",
    "Host: x & Connection: close ",
    "Host: x & Connection:\tclose\t",
    "Host: x & Connection: X & X: y",
    "Host: x & Connection: Upgrade & Upgrade: h2c & HTTP2-Settings: AAMAAABkAAQAAP__",
    "Host: x & Connection: Upgrade & Upgrade: websocket",
    "Host: x & Connection: Upgrade & Upgrade: websocket & Sec-WebSocket-Version: 13"
        + " & Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Host: x & Upgrade: websocket",
    "Host: x & Upgrade: TLS/1.0 & Connection: upgrade",
    "Host: localhost & Connection: Upgrade & Upgrade: WebSocket & Origin: http://evil.example",
    "Host: x & Proxy-Connection: close",
    "Host: x & Keep-Alive: timeout=5",
    "Host: x & TE: trailers",
    "Host: x & TE: chunked & Connection: TE",
    "Host: x & Trailer: X",
    "Host: x & Expect: 100-continue",
    "Host: x & Expect: something",
    "Host: x & Content-Length: 0",
    "Host: x & Content-Length: 00",
    "Host: x & Content-Length: 0 & Content-Length: 0",
    "Host: x & Content-Length: 0, 0",
    "Host: x & Content-Length: -1",
    "Host: x & Content-Length: +0",
    "Host: x & Content-Length: abc",
    "Host: x & Content-Length:",
    "Host: x & Content-Length: 9999999999999999999",
    "Host: x & Content-Length: 0 & Expect: 100-continue",
    "Host: x & Content-Length: 5 & Expect: 100-continue",
    "Host: x & Transfer-Encoding: gzip",
    "Host: x & Transfer-Encoding: identity",
    "Host: x & Transfer-Encoding: chunked, chunked",
    "Host: x & Transfer-Encoding:",
    "Host: x & Content-Length: 0 & Transfer-Encoding: chunked",
    "Host: x & Transfer-Encoding : chunked",
    "Host: x & Transfer-Encoding: xchunked",
    "Host: x & Content-Type: application/json",
    "Host: x & Content-Encoding: gzip",
    "Host: x & Origin: https://course.example",
    "Host: x & origin:https://course.example",
    "Host: x & Origin: https://course.example & Origin: https://course.example",
    "Host: x & Origin: https://evil.example",
    "Host: x & Origin: http://x",
    "Host: x & Origin: null",
    "Host: x & Origin:",
    "Host: x & Origin: https://course.example & Access-Control-Request-Method: GET",
    "Host: x & Origin: https://COURSE.example",
    "Host: x & Cookie: a=b; c=d",
    "Host: x & Cookie: a=b & Cookie: c=d",
    "Host: x & Range: bytes=0-3",
    "Host: x & If-None-Match: \"EPOCH-VERSION\"",
    "Host: x & If-None-Match: *",
    "Host: x & If-Match: \"none\"",
    "Host: x & If-Modified-Since: Fri, 27 Nov 2026 00:00:00 GMT",
    "Host: x & If-Modified-Since: nonsense",
    "Host: x & If-Unmodified-Since: Fri, 27 Nov 2020 00:00:00 GMT",
    "Host: x & If-Range: \"x\"",
    "Host: x & Accept-Encoding: gzip, deflate, br, zstd",
    "Host: x & Accept-Encoding: identity;q=0",
    "Host: x & Accept: text/html",
    "Host: x & Accept: application/json;q=0",
    "Host: x & Accept: nonsense",
    "Host: x & Accept:",
    "Host: x & Accept: */*;q=abc",
    "Host: x & Accept-Language: fr & Accept-Charset: x",
    "Host: x & Authorization: Bearer x",
    "Host: x & Cache-Control: no-cache & Pragma: no-cache",
    "Host: x & Last-Event-ID: 5",
    "Host: x & X-Forwarded-For: 10.0.0.1 & X-Forwarded-Host: y & X-Forwarded-Proto: https",
    "Host: x & Forwarded: for=10.0.0.1;host=y;proto=https",
    "Host: x & X-HTTP-Method-Override: POST",
    "Host: x & Date: nonsense",
    "Host: x & User-Agent: curl/8.5.0 & Accept: */*",
    "Connection: Upgrade, HTTP2-Settings & Content-Length: 0 & Host: 127.0.0.1:8080"
        + " & HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA & Upgrade: h2c"
        + " & User-Agent: Java-http-client/25",
    "Content-Length: 0 & Host: 127.0.0.1:8080 & User-Agent: Java-http-client/25",
    "Host: 127.0.0.1:8080 & Connection: keep-alive & sec-ch-ua-platform: \"Linux\""
        + " & User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
        + " Chrome/130.0.0.0 Safari/537.36 & sec-ch-ua: \"Chromium\";v=\"130\", \"Not?A_Brand\";v=\"99\""
        + " & sec-ch-ua-mobile: ?0 & Accept: */* & Sec-Fetch-Site: same-origin"
        + " & Sec-Fetch-Mode: cors & Sec-Fetch-Dest: empty & Referer: http://127.0.0.1:8080/"
        + " & Accept-Encoding: gzip, deflate, br, zstd & Accept-Language: fr-FR,fr;q=0.9,en;q=0.8"
        + " & Cookie: _ga=GA1.1.1; theme=dark",
    "Host: 127.0.0.1:8080 & User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101"
        + " Firefox/128.0 & Accept: */* & Accept-Language: fr,en;q=0.5"
        + " & Accept-Encoding: gzip, deflate, br & Referer: http://127.0.0.1:8080/"
        + " & Connection: keep-alive & Sec-Fetch-Dest: empty & Sec-Fetch-Mode: cors"
        + " & Sec-Fetch-Site: same-origin & Priority: u=4 & Pragma: no-cache"
        + " & Cache-Control: no-cache",
  };

  private PollRequests() {}

  /// All of them.
  public static Stream<String> all() {
    return Stream.of(
            Stream.of(PollTargets.QUERIES).map(query -> plain("/poll-status" + query)),
            Stream.of(PollTargets.LINES).map(line -> request(line, "Host: localhost")),
            Stream.of(HEADERS).map(headers -> request(HELD, headers)),
            odd().stream())
        .flatMap(requests -> requests);
  }

  /// A request as `curl` sends it.
  public static String plain(String target) {
    return request(
        "GET " + target + " HTTP/1.1", "Host: 127.0.0.1 & User-Agent: curl/8.5.0 & Accept: */*");
  }

  /// A held request as a page in Chrome sends it.
  public static String ofABrowser() {
    return request(HELD, HEADERS[HEADERS.length - 2]);
  }

  /// Held requests as programs and browsers usually send them.
  public static List<String> usual() {
    return List.of(
        plain("/poll-status?last_version=VERSION"),
        plain("/poll-status?last_version=VERSION&epoch=EPOCH"),
        plain("/poll-status?task=default&last_version=VERSION&epoch=EPOCH&wait=30"),
        request(HELD, "Host: x"),
        request(HELD, "host: x & user-agent: Java-http-client/25"),
        request(HELD, "Host: x & Cookie: a=b & Authorization: Bearer x & Cache-Control: no-cache"),
        request(HELD, HEADERS[HEADERS.length - 1]),
        ofABrowser());
  }

  /// A request with `headers`, which are separated by ` & `.
  public static String request(String line, String headers) {
    return line + "\r\n" + headers.replace(" & ", "\r\n") + "\r\n\r\n";
  }

  private static List<String> odd() {
    String plain = plain("/poll-status?last_version=VERSION");
    String host = "Host: x & ";
    return List.of(
        "\r\n" + plain,
        "\r\n\r\n" + plain,
        "\n" + plain,
        " \r\n" + plain,
        "\u0000" + plain,
        plain.replace("\r\n", "\n"),
        plain.replaceFirst("\r\n", "\n"),
        plain.replaceFirst("\r\n\r\n", "\n\n"),
        plain.replaceFirst("\r\n\r\n", "\r\n\n"),
        plain.replaceFirst("\r\n\r\n", "\r\n\r"),
        plain.replaceFirst("\r\n\r\n", "\r\n \r\n\r\n"),
        plain.substring(0, plain.length() - 2),
        plain.substring(0, 40),
        HELD + "\r\n\r\n",
        HELD.replace("1.1", "1.0") + "\r\n\r\n",
        request(HELD, host + "Content-Length: 5") + "hello",
        request(HELD, host + "Content-Length: 5") + "hel",
        request(HELD, host + "Content-Length: 38") + "GET /nothing HTTP/1.1\r\nHost: evil\r\n\r\n",
        request(HELD, host + "Transfer-Encoding: chunked") + "0\r\n\r\n",
        request(HELD, host + "Transfer-Encoding: chunked") + "5\r\nhello\r\n0\r\n\r\n",
        request(HELD, host + "Transfer-Encoding: chunked") + "x\r\n",
        request(HELD, host + "Content-Length: 5 & Transfer-Encoding: chunked") + "0\r\n\r\n",
        request(HELD, host + "Content-Length: 5 & Content-Length: 6") + "hello!",
        request(HELD, host + "Content-Length: 5 & Content-Length: 5") + "hello",
        request(HELD, host + "Content-Length : 5") + "hello",
        request(HELD, host + "Content-Length:\u000b5") + "hello",
        request(HELD, host + "Expect: 100-continue & Content-Length: 5") + "hello",
        request(HELD.replace("1.1", "1.0"), "Connection: keep-alive"),
        request(HELD, host + "X: " + "a".repeat(900)),
        request(HELD, host + "X: " + "a".repeat(980)),
        request(HELD, host + "X: " + "a".repeat(987)),
        request(HELD, host + "X: " + "a".repeat(988)),
        request(HELD, host + "X: " + "a".repeat(989)),
        request(HELD, host + "X: " + "a".repeat(1100)),
        request(HELD, host + "X: y & ".repeat(150) + "Y: z"),
        plain("/poll-status?last_version=VERSION&x=" + "a".repeat(900)),
        plain("/poll-status?last_version=1&x=" + "a".repeat(957)),
        plain("/poll-status?last_version=1&x=" + "a".repeat(958)),
        plain("/poll-status?last_version=1&x=" + "a".repeat(959)),
        plain("/poll-status?last_version=1&x=" + "a".repeat(1100)),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
        "garbage\r\n\r\n",
        "\r\n\r\n");
  }
}
