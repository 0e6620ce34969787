package pushlab.bench.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads snapshots. A version's snapshot is the same to the byte for every subscriber, so the last
/// one read is remembered. Not thread-safe.
final class SnapshotReader {

  private static final JsonFactory JSON = new JsonFactory();

  /// What a subscriber needs of a snapshot.
  ///
  /// @param epoch null where the server has none
  record Read(@Nullable String epoch, long version, @Nullable String status) {}

  private byte[] lastBytes = new byte[0];
  private Read last = new Read(null, -1, null);

  /// The snapshot in `json`, which is consumed.
  ///
  /// @throws IOException if it is not a JSON object with a whole number from 0 on as `version`
  Read read(ByteBuf json) throws IOException {
    byte[] bytes = ByteBufUtil.getBytes(json);
    json.skipBytes(json.readableBytes());
    if (!Arrays.equals(bytes, lastBytes)) {
      last = parse(bytes);
      lastBytes = bytes;
    }
    return last;
  }

  static Read parse(byte[] bytes) throws IOException {
    try (JsonParser parser = JSON.createParser(bytes)) {
      return parse(parser);
    } catch (JsonProcessingException e) {
      throw new IOException("the answer is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Read parse(JsonParser parser) throws IOException {
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
      throw new IOException("the answer goes on after its JSON object");
    }
    if (version < 0) {
      throw new IOException("the answer has no field 'version' with a whole number from 0 on");
    }
    return new Read(epoch, version, status);
  }

  private static @Nullable String text(JsonParser parser, JsonToken value) throws IOException {
    return value.isScalarValue() && value != JsonToken.VALUE_NULL ? parser.getText() : null;
  }
}
