package pushlab.bench.road;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.road.Passage.Fate;
import pushlab.report.result.road.Passage.Reload;
import pushlab.report.result.road.Seen;

/// What becomes of those that wait when the proxy reads its configuration again: a held poll, an
/// event stream and a WebSocket.
final class ReloadProbe {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int BEFORE = 1;
  private static final int AFTER = 2;

  /// Makes the proxy read its configuration again.
  interface Trigger {
    void reload() throws IOException, InterruptedException;
  }

  private ReloadProbe() {}

  static Seen<Reload> measure(Road road, Trigger trigger) throws IOException, InterruptedException {
    try (Script polls = road.origin().script();
        Script streams = road.origin().script();
        Script sockets = road.origin().script();
        Connection poll = road.open();
        Connection stream = road.open();
        Connection socket = road.open()) {
      poll.get(polls.poll());
      var _ = polls.next();
      Arrival streamAt = beginStream(stream, streams);
      Arrival socketAt = beginSocket(socket, sockets);
      trigger.reload();
      Thread.sleep(road.waits().reload());
      polls.answerAll(AFTER);
      Fate pollFate = fate(poll.answer(PATIENCE));
      Fate streamFate = null;
      if (streamAt != null) {
        streamAt.event(AFTER);
        streamFate = fate(stream).fate();
        streamAt.end();
      }
      Ended socketEnded = new Ended(null, null);
      if (socketAt != null) {
        socketAt.frame(AFTER);
        socketEnded = fate(socket);
        socketAt.closeSocket();
      }
      return Seen.of(new Reload(pollFate, streamFate, socketEnded.fate(), socketEnded.code()));
    }
  }

  /// The stream at the origin; null if the proxy does not pass on its first event.
  private static @Nullable Arrival beginStream(Connection client, Script script)
      throws IOException, InterruptedException {
    client.get(script.events());
    Arrival stream = script.next();
    stream.begin();
    stream.event(BEFORE);
    return new EventArrivals(client).await(BEFORE, PATIENCE) ? stream : null;
  }

  /// The WebSocket at the origin; null if the proxy does not let it through.
  private static @Nullable Arrival beginSocket(Connection client, Script script)
      throws InterruptedException {
    try {
      HandshakeProbe.open(client, script);
      return script.next();
    } catch (NotSeenException _) {
      return null;
    }
  }

  private record Ended(@Nullable Fate fate, @Nullable Integer code) {}

  private static Fate fate(Optional<Answer> answer) {
    if (answer.isEmpty() || answer.get().status() == null) {
      return Fate.CUT;
    }
    return answer.get().status() == 200 ? Fate.SERVED : Fate.TOLD;
  }

  /// What the client hears of a stream or a socket. One that hears neither the event nor an end is
  /// cut without knowing it.
  private static Ended fate(Connection client) throws InterruptedException {
    while (true) {
      Optional<Heard> next = client.next(PATIENCE);
      if (next.isEmpty()) {
        return new Ended(Fate.CUT, null);
      }
      switch (next.get()) {
        case Heard.Text _ -> {
          return new Ended(Fate.SERVED, null);
        }
        case Heard.Complete _ -> {
          return new Ended(Fate.TOLD, null);
        }
        case Heard.CloseFrame close -> {
          return new Ended(Fate.TOLD, close.code());
        }
        case Heard.Closed _ -> {
          return new Ended(Fate.CUT, null);
        }
        case Heard.Head _ -> {
          // Of the answer that began before.
        }
      }
    }
  }
}
