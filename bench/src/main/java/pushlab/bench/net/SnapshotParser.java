package pushlab.bench.net;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Parses snapshots. All subscribers receive the same bytes for a version, so the last result is
/// kept. Not thread-safe.
public final class SnapshotParser {

  private static final JsonFactory JSON = new JsonFactory();

  /// The fields of a snapshot that a subscriber needs.
  ///
  /// @param epoch null if the snapshot has none
  public record Parsed(@Nullable String epoch, long version, @Nullable String status) {}

  private byte[] lastBytes = new byte[0];
  private Parsed last = new Parsed(null, -1, null);

  /// Parses the snapshot in `json`, and consumes it.
  ///
  /// @throws IOException if it is not a JSON object with a whole number of at least 0 as `version`
  public Parsed read(ByteBuf json) throws IOException {
    byte[] bytes = ByteBufUtil.getBytes(json);
    json.skipBytes(json.readableBytes());
    if (!Arrays.equals(bytes, lastBytes)) {
      last = parse(bytes);
      lastBytes = bytes;
    }
    return last;
  }

  /// Parses the snapshot in `bytes`.
  ///
  /// @throws IOException as [#read]
  public static Parsed parse(byte[] bytes) throws IOException {
    try (JsonParser parser = JSON.createParser(bytes)) {
      return parse(parser);
    } catch (JsonProcessingException e) {
      throw new IOException("the answer is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Parsed parse(JsonParser parser) throws IOException {
    String epoch = null;
    String status = null;
    long version = -1;
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("the answer is not a JSON object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "epoch" -> epoch = text(parser, value);
        case "status" -> status = text(parser, value);
        case "version" ->
            version = value == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : -1;
        default -> {}
      }
      parser.skipChildren();
    }
    if (parser.nextToken() != null) {
      throw new IOException("the answer has more text after its JSON object");
    }
    if (version < 0) {
      throw new IOException("the answer has no field 'version' with a whole number of at least 0");
    }
    return new Parsed(epoch, version, status);
  }

  private static @Nullable String text(JsonParser parser, JsonToken value) throws IOException {
    return value.isScalarValue() && value != JsonToken.VALUE_NULL ? parser.getText() : null;
  }
}
