package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.RECOMMENDED;

import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import pushlab.bench.check.CheckedServer.SeenSnapshot;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;

/// The rules of the WebSocket, if the server has one.
final class WebSocketRules {

  private static final String NAME = "WebSocket";

  private final CheckedServer server;
  private final CheckOptions options;
  private final Limits limits;

  WebSocketRules(CheckedServer server, CheckOptions options, Limits limits) {
    this.server = server;
    this.options = options;
    this.limits = limits;
  }

  Rule.Group group() {
    var feed = new FeedRules(NAME, server, limits, () -> open(""));
    var rules = new ArrayList<>(feed.rules());
    rules.add(
        new Rule(
            NAME + ": answers a ping",
            RECOMMENDED,
            "a ping is answered by a pong with the same data",
            "clients and proxies that test the connection take the server for dead",
            Source.standard("RFC 6455, 5.5.2", "a ping is answered by a pong"),
            this::answersAPing));
    rules.add(
        new Rule(
            NAME + ": answers a close",
            RECOMMENDED,
            "a close frame is answered by a close frame, and other connections stay open",
            "the browser waits for the close frame, and reports an abnormal end (1006)",
            Source.standard("RFC 6455, 5.5.1", "a close frame is answered by a close frame"),
            this::answersAClose));
    rules.add(feed.resumes("/ws", options.lastVersionParameter, this::open));
    return new Rule.Group(NAME, rules);
  }

  Feed.Kind feed() {
    return new Feed.Kind(NAME, () -> open(""));
  }

  /// Opens a WebSocket.
  ///
  /// @param query with the version from which to continue; may be empty
  WebSocketFeed open(String query) throws Broken, Skipped, IOException, InterruptedException {
    try {
      return server.open(options.webSocketPath, query);
    } catch (TimeoutException _) {
      throw new Broken("no answer to the handshake within " + Call.seconds(limits.atOnce()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketClientHandshakeException refused
          && refused.response() != null) {
        throw refusal(refused.response().status().code(), refused);
      }
      throw Call.reason(e);
    }
  }

  private Skipped refusal(int code, WebSocketClientHandshakeException refused)
      throws Broken, IOException, InterruptedException {
    if (code == 404 || code == 200 || code == 405) {
      return new Skipped(
          "the server has none: %s answered %d".formatted(options.webSocketPath, code));
    }
    if (code == 426) {
      throw Broken.by(
          RoadFault.DROPS_UPGRADE,
          "the handshake was answered 426: its Upgrade header did not arrive");
    }
    if (code == 403 && new OwnPage(server, limits).update().isAboutHost()) {
      throw Broken.by(
          RoadFault.CHANGES_HOST,
          "the handshake was answered 403, as an update with the Origin of this address is");
    }
    throw new Broken(
        code == 101
            ? "the answer to the handshake is wrong: " + refused.getMessage()
            : "the handshake was answered %d".formatted(code));
  }

  private void answersAPing() throws Broken, Skipped, IOException, InterruptedException {
    try (WebSocketFeed socket = open("")) {
      Broken.unless(
          socket.ping("still there?", limits.atOnce()),
          "no pong with this data within %s".formatted(Call.seconds(limits.atOnce())));
    }
  }

  private void answersAClose() throws Broken, Skipped, IOException, InterruptedException {
    try (WebSocketFeed staying = open("");
        WebSocketFeed leaving = open("")) {
      Broken.unless(
          leaving.closeAndWait(limits.atOnce()),
          "no close frame within %s".formatted(Call.seconds(limits.atOnce())));
      SeenSnapshot seen = server.snapshot(staying.next(limits.atOnce()).text());
      server.update();
      SeenSnapshot next = server.snapshot(staying.next(limits.atOnce()).text());
      Broken.unless(
          next.version().isNewerThan(seen.version()), "%s arrived after %s".formatted(next, seen));
    }
  }
}
