package pushlab.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import pushlab.server.http.JsonText;
import pushlab.server.state.Snapshot;

/// A snapshot in the form of each transport. It is made once for each version and shared by all
/// answers, so nothing in it may be changed.
final class Encoded {

  final String text;
  final byte[] json;
  final byte[] line;
  final byte[] lineChunk;
  final byte[] event;
  final byte[] eventChunk;
  final byte[] frame;

  /// What follows the date in an answer to a poll, if the server has nothing else to say.
  final byte[] poll;
  final Header tag;

  private Encoded(Snapshot snapshot) {
    String position = Wire.tag(snapshot.epoch(), snapshot.version());
    text =
        JsonText.OBJECTS
            .createObjectBuilder()
            .add("task", snapshot.task())
            .add("epoch", snapshot.epoch())
            .add("version", snapshot.version())
            .add("status", snapshot.status())
            .add("updatedAt", snapshot.updatedAt().toString())
            .build()
            .toString();
    json = text.getBytes(UTF_8);
    line = (text + "\n").getBytes(UTF_8);
    lineChunk = StreamedAnswer.chunk(line);
    event = ("data: " + text + "\nid: " + position + "\n\n").getBytes(UTF_8);
    eventChunk = StreamedAnswer.chunk(event);
    frame = Frame.text(json);
    tag = HeaderValues.createCached(HeaderNames.ETAG, '"' + position + '"');
    poll = PollAnswer.snapshot(json, tag, false, "");
  }

  static Encoded of(Snapshot snapshot) {
    return snapshot.encoded(Encoded.class, Encoded::new);
  }
}
