package pushlab.bench.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import pushlab.bench.check.Rule.Broken;

/// An NDJSON stream: each line is a message, and an empty line is none.
final class NdjsonStream implements Feed {

  private final InputStream in;
  private final Arrivals lines = new Arrivals();

  NdjsonStream(InputStream in) {
    this.in = in;
    Thread.startVirtualThread(this::read);
  }

  private void read() {
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      var bounded = new BoundedLines(reader);
      for (String line = bounded.next(); line != null; line = bounded.next()) {
        if (!line.isEmpty() && !lines.add(new Message(line, Optional.empty()))) {
          return;
        }
      }
    } catch (Broken e) {
      lines.end(String.valueOf(e.getMessage()));
    } catch (IOException _) {
      // Either side has closed the connection.
    } finally {
      lines.end("the server ended the stream");
    }
  }

  @Override
  public Optional<Message> poll(Duration atMost) throws Broken, InterruptedException {
    return lines.poll(atMost);
  }

  @Override
  public boolean mayBeHeldBack() {
    return true;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException _) {
      // The feed is closed.
    }
  }
}
