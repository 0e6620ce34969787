package pushlab.server.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import pushlab.server.state.Await;

/// What a client sends to a server on one connection, and what it gets. Texts have one character a
/// byte. In a request, `EPOCH` and `VERSION` stand for the epoch and the version that the server
/// has then.
public final class Exchange implements AutoCloseable {

  private static final String LAST =
      "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  static final String EPOCH = "EPOCH";
  private static final String VERSION = "VERSION";
  private static final long A_MOMENT = 300_000;
  private static final Duration GLANCE = Duration.ofMillis(2);

  /// After how many glances without a byte a server waits for more, if it does not say so.
  private static final int QUIET = 500;

  /// After how many glances at a subscriber that waits it is held. Each poll waits for a moment.
  private static final int HELD = 15;

  private final TestServer server;
  private final RawConnection client;
  private final Answers answers = new Answers();
  private int settled;
  private int awaited;
  private boolean ended;

  public Exchange(TestServer server) throws IOException {
    this.server = server;
    this.client = server.connect();
  }

  public Exchange send(String request) throws IOException {
    if (request.startsWith("HEAD ")) {
      answers.nextIsToHead();
    }
    client.write(bytes(request));
    return this;
  }

  /// Sends the first `first` bytes of `request`, and the others a moment later.
  public Exchange sendInTwo(int first, String request) throws IOException {
    byte[] bytes = bytes(request);
    client.writeInTwo(Math.min(first, bytes.length), bytes);
    return this;
  }

  /// Gives the server a moment in which it may read what it was sent.
  public Exchange pause() {
    LockSupport.parkNanos(A_MOMENT);
    return this;
  }

  /// Closes the sending side.
  public Exchange finish() throws IOException {
    client.finish();
    return this;
  }

  /// Reads until one more answer is whole, which must not be one to HEAD.
  public Exchange awaitAnswer() throws IOException {
    settled++;
    while (answers.count() < settled) {
      if (ended || !read(Await.LIMIT)) {
        throw new AssertionError("no answer after: " + answers.all());
      }
    }
    return this;
  }

  public Exchange awaitHeld(int requests) {
    server.awaitSubscribers(requests);
    return this;
  }

  public Exchange update(String status) {
    BothDeliveries.awaitMillis();
    server.state().update(status);
    return this;
  }

  /// Stops the server meanwhile.
  public Exchange stop() {
    Thread.startVirtualThread(server.server::close);
    return this;
  }

  /// Reads until the latest version has come.
  public Exchange awaitVersion() throws IOException {
    return awaitText("\"version\":%d,".formatted(server.state().current().version()));
  }

  /// Reads until `text` has come after everything that was awaited before.
  public Exchange awaitText(String text) throws IOException {
    int found = answers.indexOf(text, awaited);
    while (found < 0) {
      if (ended || !read(Await.LIMIT)) {
        throw new AssertionError("no '%s' after: %s".formatted(text, answers.all()));
      }
      found = answers.indexOf(text, awaited);
    }
    awaited = found + text.length();
    return this;
  }

  /// Reads until the server ends the connection.
  public Exchange awaitEnd() throws IOException {
    while (!ended && read(Await.LIMIT)) {
      // More may come.
    }
    return this;
  }

  /// Reads until one more answer is whole, the connection has ended, or the server waits for more.
  /// A request that the server holds is answered by an update.
  public Exchange settle() throws IOException {
    settled++;
    int quiet = 0;
    int waiting = 0;
    while (answers.count() < settled && !ended && quiet < QUIET) {
      if (read(GLANCE)) {
        quiet = 0;
      } else if (server.server.subscribers().waiting() == 0) {
        quiet += server.server.connections().arriving() > 0 ? 20 : 1;
        waiting = 0;
      } else if (++waiting == HELD) {
        BothDeliveries.updateAll(server);
        server.awaitSubscribers(0);
        quiet = 0;
        waiting = 0;
      }
    }
    settled = answers.count();
    return this;
  }

  /// Asks for the end of the connection, reads to it, and returns all [#answers]. The connection is
  /// open then only if the server does not end it even after the client has.
  public List<String> end() throws IOException {
    try {
      send(LAST);
      settleToEnd();
      if (!ended) {
        finish();
      }
    } catch (IOException _) {
      // The server has ended it already.
    }
    return awaitEnd().answers();
  }

  /// All answers so far, and `(end)` or `(open)`.
  public List<String> answers() {
    List<String> all = new ArrayList<>(answers.all());
    all.add(ended ? "(end)" : "(open)");
    return all;
  }

  private void settleToEnd() throws IOException {
    int before;
    do {
      before = answers.count();
      settle();
    } while (!ended && answers.count() > before);
  }

  /// Whether something came within `patience`.
  private boolean read(Duration patience) throws IOException {
    byte[] bytes = client.readSome(patience);
    ended = bytes == null;
    if (bytes != null) {
      answers.add(new String(bytes, ISO_8859_1));
    }
    return bytes != null && bytes.length > 0;
  }

  private byte[] bytes(String request) {
    return request
        .replace(EPOCH, server.state().epoch())
        .replace(VERSION, Long.toString(server.state().current().version()))
        .getBytes(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
