package pushlab.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The text fields of a request by name, wherever they are: in a JSON object, in a form or in the
/// query.
public final class Fields {

  // Kept, because `Json.createParser` looks for its provider in every jar each time.
  private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

  private Fields() {}

  /// The fields of `request`. A field that is not in its body is taken from its query.
  ///
  /// @param givenUp knows whether the client went away before the end of the body
  /// @throws Problem 400 if body or query is malformed or a field is not a text, 413 if the body is
  ///     too long, 415 if its type is unknown
  public static Function<String, Optional<String>> of(ServerRequest request, GivenUp givenUp) {
    Function<String, Optional<String>> query = parameters("query", request.query().rawValue());
    String type = type(request);
    byte[] bytes = Body.of(request, givenUp);
    if (bytes.length == 0 && type.isEmpty()) {
      return query;
    }
    Function<String, Optional<String>> body =
        switch (type) {
          case "application/json" -> json(bytes);
          case "application/x-www-form-urlencoded" ->
              parameters("body", new String(bytes, ISO_8859_1));
          default ->
              throw new Problem(
                  Status.UNSUPPORTED_MEDIA_TYPE_415,
                  "Content-Type: must be application/json or application/x-www-form-urlencoded");
        };
    return name -> body.apply(name).or(() -> query.apply(name));
  }

  private static String type(ServerRequest request) {
    if (request.headers().contains(HeaderNames.CONTENT_TYPE)
        && request.headers().get(HeaderNames.CONTENT_TYPE).valueCount() > 1) {
      throw Problem.badRequest("Content-Type", "must be given once only");
    }
    return request
        .headers()
        .contentType()
        .map(HttpMediaType::mediaType)
        .map(type -> type.text().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  private static Function<String, Optional<String>> parameters(String where, String encoded) {
    Map<String, List<String>> values =
        Arrays.stream(encoded.split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(
                groupingBy(
                    pair -> decode(where, pair[0]),
                    mapping(pair -> pair.length == 1 ? "" : decode(where, pair[1]), toList())));
    return name -> {
      List<String> given = values.getOrDefault(name, List.of());
      if (given.size() > 1) {
        throw Problem.badRequest(name, "must be given once only");
      }
      return given.stream().findFirst();
    };
  }

  private static String decode(String where, String encoded) {
    try {
      return text(where, URLDecoder.decode(encoded, ISO_8859_1).getBytes(ISO_8859_1));
    } catch (IllegalArgumentException _) {
      throw Problem.badRequest(where, "has a % without two hexadecimal digits after it");
    }
  }

  private static Function<String, Optional<String>> json(byte[] body) {
    JsonObject object = object(text("body", body));
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

  private static JsonObject object(String text) {
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      parser.next();
      JsonObject object = parser.getObject();
      if (!parser.hasNext()) {
        return object;
      }
    } catch (RuntimeException _) {
      // At its limit of depth, for example, the parser throws other exceptions than JsonException.
    }
    throw Problem.badRequest("body", "is not a JSON object");
  }

  private static String text(String where, byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw Problem.badRequest(where, "is not UTF-8");
    }
  }
}
