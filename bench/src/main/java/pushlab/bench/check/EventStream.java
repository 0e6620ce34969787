package pushlab.bench.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import pushlab.bench.check.Rule.Broken;

/// An event stream, parsed as browsers do (HTML Living Standard, 9.2.6): an event ends with an
/// empty line, and lines without one after them are ignored.
final class EventStream implements Feed {

  private final InputStream in;
  private final Arrivals events = new Arrivals();
  private volatile boolean inEvent;
  private volatile String comment = "";

  EventStream(InputStream in) {
    this.in = in;
    Thread.startVirtualThread(this::read);
  }

  private void read() {
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      var lines = new BoundedLines(reader);
      var data = new StringJoiner("\n");
      boolean hasData = false;
      Optional<String> id = Optional.empty();
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.isEmpty()) {
          if (hasData && !events.add(new Message(data.toString(), id))) {
            return;
          }
          data = new StringJoiner("\n");
          hasData = false;
        } else if (line.startsWith("data:")) {
          data.add(value(line, "data:"));
          hasData = true;
        } else if (line.startsWith("id:")) {
          id = Optional.of(value(line, "id:"));
        } else if (line.startsWith(":")) {
          comment = line;
        }
        BoundedLines.expectShort("an event", data.length());
        inEvent = !line.isEmpty() && !line.startsWith(":");
      }
    } catch (Broken e) {
      events.end(String.valueOf(e.getMessage()));
    } catch (IOException _) {
      // Either side has closed the connection.
    } finally {
      // A server that is full may answer with a stream that only has a comment: browsers do not
      // reconnect after a 503.
      events.end("the server ended the stream" + (comment.isEmpty() ? "" : ", after" + comment));
    }
  }

  private static String value(String line, String field) {
    String value = line.substring(field.length());
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  @Override
  public Optional<Message> poll(Duration atMost) throws Broken, InterruptedException {
    return events.poll(atMost);
  }

  @Override
  public String whyNothing() {
    return inEvent ? ", except lines without the empty line that ends an event" : "";
  }

  @Override
  public boolean mayBeHeldBack() {
    return !inEvent;
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
