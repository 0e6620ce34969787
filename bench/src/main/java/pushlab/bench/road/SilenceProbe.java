package pushlab.bench.road;

import static pushlab.bench.road.Road.seconds;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import pushlab.report.result.road.Passage.End;
import pushlab.report.result.road.Passage.Silence;
import pushlab.report.result.road.Seen;

/// How long a stream and a WebSocket may be silent.
final class SilenceProbe {

  private SilenceProbe() {}

  static Seen<Silence> ofStream(Road road) throws IOException, InterruptedException {
    try (Script script = road.origin().script();
        Connection client = road.open()) {
      client.get(script.events());
      Arrival stream = script.next();
      stream.begin();
      long start = stream.event(1);
      Seen<Silence> seen = watch(client, stream, start, road.waits().hold());
      stream.end();
      return seen;
    }
  }

  static Seen<Silence> ofSocket(Road road) throws IOException, InterruptedException {
    try (Script script = road.origin().script();
        Connection client = road.open()) {
      HandshakeProbe.open(client, script);
      Arrival socket = script.next();
      long start = socket.frame(1);
      Seen<Silence> seen = watch(client, socket, start, road.waits().hold());
      socket.closeSocket();
      return seen;
    }
  }

  private static Seen<Silence> watch(Connection client, Arrival at, long start, Duration silence)
      throws InterruptedException {
    long deadline = start + silence.toNanos();
    Integer code = null;
    while (true) {
      Optional<Heard> next = client.next(Duration.ofNanos(deadline - System.nanoTime()));
      if (next.isEmpty()) {
        double seconds = seconds(start, System.nanoTime());
        return Seen.of(new Silence(seconds, at.isOpen() ? End.NONE : End.CUT, code));
      }
      double seconds = seconds(start, next.get().nanos());
      switch (next.get()) {
        case Heard.Complete _ -> {
          return Seen.of(new Silence(seconds, End.COMPLETE, code));
        }
        case Heard.CloseFrame close -> {
          return Seen.of(new Silence(seconds, End.COMPLETE, close.code()));
        }
        case Heard.Closed _ -> {
          return Seen.of(new Silence(seconds, End.CUT, code));
        }
        case Heard.Head head -> code = head.status() == 200 ? null : head.status();
        case Heard.Text _ -> {
          // What was sent before the silence.
        }
      }
    }
  }
}
