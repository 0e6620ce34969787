package pushlab.server.admin;

import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.common.parameters.Parameters;
import io.helidon.http.HttpMediaType;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import pushlab.server.transport.Problem;

/// The text fields of a request by name, wherever they came: in a JSON object, a form or the query.
final class Fields {

  private Fields() {}

  /// The fields of `request`; those that its body lacks are looked for in its query.
  ///
  /// @throws Problem 400 if the body is broken or a field is no text, 415 if its type is unknown
  static Function<String, Optional<String>> of(ServerRequest request) {
    Function<String, Optional<String>> query = parameters(request.query());
    if (!request.content().hasEntity()) {
      return query;
    }
    MediaType type =
        request.headers().contentType().map(HttpMediaType::mediaType).orElse(MediaTypes.WILDCARD);
    Function<String, Optional<String>> body;
    if (type.equals(MediaTypes.APPLICATION_JSON)) {
      body = json(request.content().as(byte[].class));
    } else if (type.equals(MediaTypes.APPLICATION_FORM_URLENCODED)) {
      body = parameters(request.content().as(Parameters.class));
    } else {
      throw new Problem(
          Status.UNSUPPORTED_MEDIA_TYPE_415,
          "Content-Type: must be application/json or application/x-www-form-urlencoded");
    }
    return name -> body.apply(name).or(() -> query.apply(name));
  }

  private static Function<String, Optional<String>> parameters(Parameters parameters) {
    return name -> {
      if (!parameters.contains(name)) {
        return Optional.empty();
      }
      if (parameters.all(name).size() > 1) {
        throw Problem.badRequest(name, "must be given once only");
      }
      return Optional.of(parameters.get(name));
    };
  }

  private static Function<String, Optional<String>> json(byte[] body) {
    JsonObject object = object(body);
    return name ->
        switch (object.get(name)) {
          case null -> Optional.empty();
          case JsonString text -> Optional.of(text.getString());
          case JsonValue other ->
              throw Problem.badRequest(
                  name,
                  "must be a text, not " + other.getValueType().name().toLowerCase(Locale.ROOT));
        };
  }

  private static JsonObject object(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      try (JsonReader reader = Json.createReader(new StringReader(text))) {
        return reader.readObject();
      }
    } catch (CharacterCodingException _) {
      throw Problem.badRequest("body", "is not UTF-8");
    } catch (JsonException _) {
      throw Problem.badRequest("body", "is not a JSON object");
    }
  }
}
